using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace VaeCodec.RateDistortion.Programs;

/// <summary>A command-line program on this machine.</summary>
internal sealed class ExternalProgram
{
    private const string SearchVariable = "PATH";

    // GNU time reports the largest resident set of the process that it starts, on the last line of a file.
    private static readonly ExternalProgram? s_time = OperatingSystem.IsLinux() ? Find("time") : null;

    private ExternalProgram(string path) => Path = path;

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Whether peak memory can be told.</summary>
    public static bool MeasuresMemory => s_time is not null;

    /// <summary>Looks for a program in the search path, or where a name with a folder in it says.</summary>
    /// <returns>The program, or null where there is none of that name.</returns>
    public static ExternalProgram? Find(string name)
        => System.IO.Path.GetFileName(name) != name ? First([System.IO.Path.GetFullPath(name)]) : First((Environment.GetEnvironmentVariable(SearchVariable) ?? string.Empty)
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder.Trim('"'), name)));

    private static ExternalProgram? First(IEnumerable<string> paths) => paths
        .SelectMany(path => OperatingSystem.IsWindows() ? [path, path + ".exe"] : (string[])[path])
        .Where(File.Exists)
        .Select(path => new ExternalProgram(path))
        .FirstOrDefault();

    /// <summary>All that it prints for the given arguments; null when it cannot be started.</summary>
    public string? Ask(params string[] arguments)
    {
        try
        {
            using Process process = Start(Path, arguments);
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (output + error.Result).Trim();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs to the end and measures.</summary>
    /// <exception cref="ProgramFailureException">It could not be started, or ended with another exit code than 0.</exception>
    public async Task<ProgramRun> RunAsync(IReadOnlyList<string> arguments, string scratchFolder, CancellationToken ct)
    {
        string memoryFile = System.IO.Path.Combine(scratchFolder, "peak-memory");
        (string program, IReadOnlyList<string> line) = s_time is null ? (Path, arguments) : (s_time.Path, ["-f", "%M", "-o", memoryFile, "--", Path, .. arguments]);
        try
        {
            long start = Stopwatch.GetTimestamp();
            using Process process = Start(program, line);
            await using CancellationTokenRegistration kill = ct.Register(() => Kill(process));
            Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            string messages = (await error + await output).Trim();
            ct.ThrowIfCancellationRequested();
            return process.ExitCode == 0
                ? new ProgramRun(elapsed.TotalSeconds, s_time is null ? null : await ReadPeakAsync(memoryFile))
                : throw new ProgramFailureException(System.IO.Path.GetFileName(Path), process.ExitCode, messages);
        }
        catch (Win32Exception exception)
        {
            throw new ProgramFailureException(System.IO.Path.GetFileName(Path), -1, exception.Message);
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    private static async Task<long?> ReadPeakAsync(string memoryFile)
    {
        string[] lines = await File.ReadAllLinesAsync(memoryFile);
        return lines is [.., { } last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes * 1024 : null;
    }
}
