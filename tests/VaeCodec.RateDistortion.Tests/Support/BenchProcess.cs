using System.Diagnostics;

namespace VaeCodec.RateDistortion.Tests.Support;

/// <summary>Runs the built program as a process, as a user would.</summary>
internal static class BenchProcess
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs to the end.</summary>
    /// <param name="searchPath">PATH for it; null leaves it as it is.</param>
    /// <param name="arguments">The arguments.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string? searchPath, params string[] arguments)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", Path.Combine(AppContext.BaseDirectory, "RateDistortion.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (searchPath is not null)
        {
            start.Environment["PATH"] = searchPath;
        }

        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output, await error);
    }
}
