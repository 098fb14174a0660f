using System.Diagnostics;

namespace VaeCodec.Tool.Tests;

public class TerminalTests
{
    [TerminalFact]
    public async Task RefusesToWriteBinaryDataToATerminal()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.png"]);
        (int exitCode, string text) = await RunOnTerminalAsync(folder, "encode photo.png -");
        Assert.Equal(1, exitCode);
        Assert.Contains("standard output: is a terminal", text, StringComparison.Ordinal);
    }

    [TerminalFact]
    public async Task RefusesToReadATerminal()
    {
        using var folder = new TempFolder();
        (int exitCode, string text) = await RunOnTerminalAsync(folder, "decode - out.png");
        Assert.Equal(1, exitCode);
        Assert.Contains("standard input: is a terminal", text, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    private static async Task<(int ExitCode, string Text)> RunOnTerminalAsync(TempFolder folder, string line)
    {
        var start = new ProcessStartInfo(TerminalFactAttribute.ScriptPath)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add("-qec");
        start.ArgumentList.Add($"'{ToolProcess.Host}' exec '{ToolProcess.AssemblyPath}' {line}");
        start.ArgumentList.Add("/dev/null");
        using Process process = Process.Start(start)!;
        ToolResult result = await ToolProcess.CollectAsync(process);
        return (result.ExitCode, result.Text);
    }
}
