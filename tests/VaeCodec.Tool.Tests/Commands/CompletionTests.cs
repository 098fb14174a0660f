using System.Diagnostics;

namespace VaeCodec.Tool.Tests;

public class CompletionTests
{
    [Fact]
    public async Task TheToolCompletesItself()
    {
        using TempFolder folder = new();
        ToolResult options = await ToolProcess.RunAsync(folder.Path, "[suggest:20]", "vaecodec encode --ta");
        Assert.Equal(["--target-bpp", "--target-psnr", "--target-size"], options.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        ToolResult commands = await ToolProcess.RunAsync(folder.Path, "[suggest:11]", "vaecodec de");
        Assert.Contains("decode", commands.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete -c vaecodec")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task EveryShellHasAScript(string shell, string expected)
    {
        using TempFolder folder = new();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "completion", shell);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
        Assert.Contains("[suggest:", result.Text, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task BashTakesTheScript()
    {
        using TempFolder folder = new();
        string script = (await ToolProcess.RunAsync(folder.Path, "completion", "bash")).Text;
        File.WriteAllText(folder["script"], $$"""
            vaecodec() { "{{ToolProcess.Host}}" exec "{{ToolProcess.AssemblyPath}}" "$@"; }
            {{script}}
            COMP_LINE="vaecodec encode --los" COMP_POINT=21 COMP_WORDS=(vaecodec encode --los) COMP_CWORD=2
            _vaecodec
            echo "${COMPREPLY[*]}"
            """);
        using Process bash = Process.Start(new ProcessStartInfo("bash", [folder["script"]]) { RedirectStandardOutput = true })!;
        Assert.Equal("--lossless", (await ToolProcess.CollectAsync(bash)).Text.Trim());
    }

    [Fact]
    public async Task AnotherShell_IsAUsageError()
    {
        using TempFolder folder = new();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "completion", "tcsh");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("bash", result.Error, StringComparison.Ordinal);
    }
}
