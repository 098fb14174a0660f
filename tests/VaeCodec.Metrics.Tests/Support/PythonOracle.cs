using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace VaeCodec.Metrics.Tests.Support;

/// <summary>Scripts of the distribution's Python, run on data that a test writes. They share nothing with the code under test.</summary>
internal static class PythonOracle
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly ConcurrentDictionary<string, bool> s_modules = new();

    public static bool Has(string module)
        => s_modules.GetOrAdd(module, static name => File.Exists(Interpreter) && Start("-c", $"import {name}").ExitCode == 0);

    /// <summary>Runs a script that is embedded in the tests; every line it prints is a number.</summary>
    public static double[] Run(string script, params string[] arguments)
    {
        using Stream stream = typeof(PythonOracle).Assembly.GetManifestResourceStream(script) ?? throw new InvalidOperationException(script);
        using var reader = new StreamReader(stream);
        (int exitCode, string output, string error) = Start(["-c", reader.ReadToEnd(), .. arguments]);
        Assert.True(exitCode == 0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static (int ExitCode, string Output, string Error) Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
