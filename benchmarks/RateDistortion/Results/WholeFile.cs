using System.Text;

namespace VaeCodec.RateDistortion.Results;

/// <summary>Writes a file whole or not at all: a reader, a full disk or a stop never leaves half of one in its place.</summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>What is already known to keep a file from being written; null where nothing is.</summary>
    public static string? Obstacle(string path)
    {
        if (path.Length == 0)
        {
            return "it has no name";
        }

        string full = Path.GetFullPath(path);
        if (SystemPaths.IsDevice(full))
        {
            return null;
        }

        string target = Target(path);
        if (Directory.Exists(target))
        {
            return "it is a folder; name a file in it";
        }

        string? folder = Path.GetDirectoryName(target);
        return Directory.Exists(folder) ? null : $"the folder {folder} is missing; make it, or name another";
    }

    /// <summary>Writes text as UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, s_encoding.GetBytes(text));

    /// <summary>Writes beside the file, then takes its place.</summary>
    /// <exception cref="IOException">The folder is missing, the disk is full, writing there is not allowed, or the place is taken by a folder.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string full = Path.GetFullPath(path);
        if (SystemPaths.IsDevice(full))
        {
            // A device or an open descriptor is written to, never replaced.
            using var device = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            device.Write(content);
            return;
        }

        string target = Target(path);
        if (Directory.Exists(target))
        {
            throw new IOException($"{path} is a folder; name a file in it.");
        }

        string partial = target + ".partial";
        try
        {
            using (FileStream stream = Create(partial, target))
            {
                stream.Write(content);

                // The bytes must be on the disk before the name is.
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (UnauthorizedAccessException exception)
        {
            TryDelete(partial);
            throw new IOException($"{path}: permission to write there is denied{(OperatingSystem.IsWindows() ? ", or another program has the file open" : "")}.", exception);
        }
        catch
        {
            TryDelete(partial);
            throw;
        }
    }

    /// <summary>What kept the file from being written matters, not what keeps its beginning from being removed.</summary>
    private static void TryDelete(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>What is replaced: a link stays, and what it leads to is.</summary>
    public static string Target(string path)
        => !SystemPaths.IsDevice(Path.GetFullPath(path)) && new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);

    private static FileStream Create(string partial, string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            // Replacing a private file must not make it public.
            options.UnixCreateMode = File.GetUnixFileMode(target);
        }

        return new FileStream(partial, options);
    }
}
