using VaeCodec.RateDistortion.Results;

namespace VaeCodec.Tool;

/// <summary>What paths stand for.</summary>
internal static class FilePaths
{
    /// <summary>The name of standard input and standard output on the command line.</summary>
    public const string Dash = "-";

    /// <summary>Compares paths as the system does.</summary>
    public static StringComparer Comparer => SystemPaths.Comparer;

    /// <summary>The output path: the second positional or -o, else the input with another extension.</summary>
    /// <param name="input">The input path or a dash.</param>
    /// <param name="positional">The second positional argument, if given.</param>
    /// <param name="option">The value of -o, if given.</param>
    /// <param name="extension">The extension, with its dot, for the case that neither is given.</param>
    /// <exception cref="UsageException">Both are given, or standard input leaves nothing to derive a name from.</exception>
    public static string ChooseOutput(string input, string? positional, string? option, string extension)
    {
        if (positional is not null && option is not null)
        {
            throw new UsageException("the output is given twice; use either OUT or -o OUT");
        }

        if ((positional ?? option) is { } given)
        {
            return given.Length > 0 ? given : throw new UsageException("the output has an empty name");
        }

        return input == Dash
            ? throw new UsageException("reading standard input needs an output: give OUT, or - for standard output")
            : Path.ChangeExtension(input, extension);
    }

    /// <summary>Refuses a folder for outputs without a name, as a script gives it whose variable is not set.</summary>
    /// <param name="folder">The value of --output-dir; null where it is not given.</param>
    /// <exception cref="UsageException">It has none.</exception>
    public static void RequireFolderName(string? folder)
    {
        if (folder is "")
        {
            throw new UsageException("the folder for outputs has an empty name (--output-dir)");
        }
    }

    /// <summary>Whether two paths lead to the same file, through symbolic links too. Hard links count as two files:
    /// the output replaces its own name only, so the other one keeps the old content.</summary>
    public static bool SameFile(string first, string second) => string.Equals(Resolve(first), Resolve(second), SystemPaths.Comparison);

    /// <summary>The full path with every symbolic link in it followed. The file itself need not exist.</summary>
    public static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        string? parent = Path.GetDirectoryName(full);
        if (parent is null)
        {
            return full;
        }

        string candidate = Path.Combine(Resolve(parent), Path.GetFileName(full));
        var entry = new FileInfo(candidate);
        return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Resolve(target.FullName)
            : candidate;
    }

    /// <summary>Whether a full path is a device or an open file descriptor: written to directly, never renamed over.</summary>
    public static bool IsDevice(string fullPath) => SystemPaths.IsDevice(fullPath);

    /// <summary>Whether something stands at an output's path that writing would replace: a file, and no device or pipe, which are written to.</summary>
    public static bool IsTaken(string path) => File.Exists(path) && !IsStandardOutput(path) && !IsDevice(Path.GetFullPath(path)) && !NamedPipe.Is(path);

    /// <summary>Whether a path is a dash, or the system's own name for standard output. Opening that anew would write from the start of a file
    /// that others append to, so it is taken for a dash.</summary>
    public static bool IsStandardOutput(string path)
        => path == Dash || (!OperatingSystem.IsWindows() && path is "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1");
}
