using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VaeCodec.Tool;

/// <summary>
/// A file to write, or standard output. A file appears whole or not at all: the bytes go to a temporary file in the same
/// folder, which <see cref="CommitAsync"/> renames; without it, disposing deletes the temporary file.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    // File systems allow 255 bytes in a name; the suffix takes 17 of them.
    private const int LongestNameBytes = 230;

    private readonly string? _target;
    private readonly string? _partial;
    private readonly bool _force;
    private readonly FileStream? _file;
    private readonly AttributedStream _stream;
    private bool _committed;

    private OutputFile(string name, Stream stream, string? target, string? partial, bool force)
    {
        Name = name;
        _stream = new AttributedStream(stream, name);
        _target = target;
        _partial = partial;
        _force = force;
        _file = stream as FileStream;
    }

    /// <summary>The name for messages.</summary>
    public string Name { get; }

    /// <summary>Where the bytes go, forward only.</summary>
    public Stream Stream => _stream;

    /// <summary>The temporary file; null when the output goes straight to standard output or a device.</summary>
    public string? PartialPath => _partial;

    /// <summary>Bytes so far: of the temporary file, whose writer may go back in it, or those that went out.</summary>
    public long BytesWritten => _partial is null ? _stream.BytesWritten : _file!.Position;

    /// <summary>Opens the output and refuses now what would fail after the work.</summary>
    /// <param name="path">A path, or a dash for standard output.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <param name="inputPaths">The inputs, none of which may be the same file; null or a dash for standard input.</param>
    /// <exception cref="RefusalException">It exists, is the input, a folder or a terminal, or cannot be made.</exception>
    /// <exception cref="UsageException">It, or an input, has an empty name.</exception>
    public static OutputFile Open(string path, bool force, params ReadOnlySpan<string?> inputPaths)
    {
        OutputPlace place = Check(path, force, mayLackFolder: true, inputPaths);
        try
        {
            return place.Target is not { } target ? new OutputFile(StandardStreams.OutputName, StandardStreams.OpenOutput(), null, null, force)
                : place.IsDevice ? OpenDevice(path, target)
                : CreatePartial(path, target, place.Exists, force);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not FileFailureException))
        {
            throw Named(path, exception);
        }
    }

    /// <summary>Refuses an output that cannot be, without touching it.</summary>
    /// <param name="path">A path, or a dash for standard output.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <param name="mayLackFolder">Whether its folder may be missing.</param>
    /// <param name="inputPaths">The inputs, none of which may be the same file; null or a dash for standard input.</param>
    /// <returns>Where the bytes go.</returns>
    /// <exception cref="RefusalException">It exists, is the input, a folder, or in none.</exception>
    /// <exception cref="UsageException">It, or an input, has an empty name.</exception>
    public static OutputPlace Check(string path, bool force, bool mayLackFolder, params ReadOnlySpan<string?> inputPaths)
    {
        foreach (string? inputPath in inputPaths)
        {
            if (inputPath is "")
            {
                throw new UsageException("the input has an empty name");
            }
        }

        if (FilePaths.IsStandardOutput(path))
        {
            return default;
        }

        if (path.Length == 0)
        {
            throw new UsageException("the output has an empty name");
        }

        try
        {
            if (FilePaths.IsDevice(Path.GetFullPath(path)))
            {
                return new OutputPlace(path, IsDevice: true, Exists: true);
            }

            if (Path.EndsInDirectorySeparator(path) && !Directory.Exists(path))
            {
                throw new RefusalException(path, "that folder does not exist; name a file in one that does");
            }

            // A link is followed, so that its target is replaced and not the link.
            string target = FilePaths.Resolve(path);
            if (Directory.Exists(target))
            {
                throw new RefusalException(path, "is a folder; name a file in it");
            }

            foreach (string? inputPath in inputPaths)
            {
                if (inputPath is not (null or FilePaths.Dash) && FilePaths.SameFile(inputPath, target))
                {
                    throw new RefusalException(path, "is the input itself; choose another output");
                }
            }

            bool exists = File.Exists(target);
            if (FilePaths.IsDevice(target) || (exists && NamedPipe.Is(target)))
            {
                return new OutputPlace(target, IsDevice: true, Exists: true);
            }

            return exists && !force ? throw RefusalException.AlreadyExists(path)
                : !mayLackFolder && !Directory.Exists(Path.GetDirectoryName(target)) ? throw RefusalException.NoFolder(path)
                : new OutputPlace(target, IsDevice: false, exists);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not FileFailureException))
        {
            throw Named(path, exception);
        }
    }

    /// <summary>Hands everything written so far to the system, so that <see cref="PartialPath"/> can be read.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Stream.FlushAsync(cancellationToken);

    /// <summary>Makes the file appear under its name.</summary>
    /// <exception cref="FileFailureException">The disk is full, or the name was taken meanwhile.</exception>
    /// <exception cref="RefusalException">What stands there may not be replaced.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_partial is null || _target is null)
        {
            _committed = true;
            return;
        }

        try
        {
            // The bytes must be on the disk before the name is: after a crash a renamed file must not be an empty one.
            _file?.Flush(flushToDisk: true);
            await Stream.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(_partial, _target, _force);
            _committed = true;
            PartialFiles.Remove(_partial);
        }
        catch (UnauthorizedAccessException)
        {
            throw new RefusalException(Name, OperatingSystem.IsWindows()
                ? "what stands there cannot be replaced: it is a folder or read-only, or another program has it open"
                : "what stands there may not be replaced");
        }
        catch (IOException exception) when (exception is not FileFailureException)
        {
            throw new FileFailureException(Name, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException) when (!_committed)
        {
            // The failure that brought us here is being reported already; a second one would hide it.
        }

        if (!_committed && _partial is not null)
        {
            PartialFiles.Delete(_partial);
        }
    }

    /// <summary>What the system says of an output, as what is said of a file that the user named.</summary>
    private static Exception Named(string path, Exception exception) => exception switch
    {
        DirectoryNotFoundException => RefusalException.NoFolder(path),
        IOException failure => new FileFailureException(path, failure),
        _ => new RefusalException(path, "permission to write there is denied"),
    };

    private static OutputFile OpenDevice(string name, string path)
        => new(name, new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0), null, null, force: false);

    private static OutputFile CreatePartial(string name, string target, bool exists, bool force)
    {
        string folder = Path.GetDirectoryName(target) ?? ".";
        string stem = Path.GetFileName(target);
        if (Encoding.UTF8.GetByteCount(stem) > LongestNameBytes)
        {
            stem = "vaecodec";
        }

        string random = RandomNumberGenerator.GetHexString(8, lowercase: true);
        string partial = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{stem}.partial-{random}"));
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete, // A second Ctrl-C deletes it while it is open.
            BufferSize = BufferBytes,
            Options = FileOptions.Asynchronous,
        };
        if (exists && !OperatingSystem.IsWindows())
        {
            // Replacing a private file must not make it public.
            options.UnixCreateMode = File.GetUnixFileMode(target);
        }

        var stream = new FileStream(partial, options);
        PartialFiles.Add(partial);
        return new OutputFile(name, stream, target, partial, force);
    }
}
