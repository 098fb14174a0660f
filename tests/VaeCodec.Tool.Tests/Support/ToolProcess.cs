using System.Diagnostics;

namespace VaeCodec.Tool.Tests;

/// <summary>Runs the built tool as a process, as a user would.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>The tool's assembly, copied beside the tests by the project reference.</summary>
    public static string AssemblyPath => Path.Combine(AppContext.BaseDirectory, "vaecodec.dll");

    /// <summary>The dotnet host that runs the tests.</summary>
    public static string Host
        => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
            : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
            : "dotnet";

    /// <summary>Runs to the end, with nothing on standard input.</summary>
    public static Task<ToolResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, [], arguments);

    /// <summary>Runs to the end with bytes on standard input.</summary>
    public static async Task<ToolResult> RunAsync(string folder, byte[] input, string[] arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(folder, arguments, environment);
        Task<ToolResult> result = CollectAsync(process);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool may refuse before it has read everything.
        }

        return await result;
    }

    /// <summary>Runs to the end with a standard error that takes nothing, as a log on a full disk.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunUnheardAsync(string folder, params string[] arguments)
    {
        string[] line = ["-c", $"exec \"$0\" exec \"$@\" 2> {FullDeviceFactAttribute.DevicePath}", Host, AssemblyPath, .. arguments];
        using Process process = Process.Start(new ProcessStartInfo("sh", line) { WorkingDirectory = folder })!;
        return (await CollectAsync(process)).ExitCode;
    }

    /// <summary>Starts the tool with all three streams redirected.</summary>
    public static Process Start(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        bool undoIgnore = InterruptSignal.IsIgnored;
        var start = new ProcessStartInfo(undoIgnore ? "env" : Host)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (undoIgnore)
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add(Host);
        }

        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(AssemblyPath);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("VAECODEC_TRACE");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Collects those outputs that are redirected until a process ends; ends it when it takes too long.</summary>
    public static async Task<ToolResult> CollectAsync(Process process)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var output = new MemoryStream();
        Task copy = process.StartInfo.RedirectStandardOutput ? process.StandardOutput.BaseStream.CopyToAsync(output, patience.Token) : Task.CompletedTask;
        Task<string> error = process.StartInfo.RedirectStandardError ? process.StandardError.ReadToEndAsync(patience.Token) : Task.FromResult("");
        try
        {
            await process.WaitForExitAsync(patience.Token);
            await copy;
            return new ToolResult(process.ExitCode, output.ToArray(), await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The tool did not end within {s_patience}.");
        }
    }
}
