namespace VaeCodec.Tool;

/// <summary>A file to read, or standard input.</summary>
internal sealed class InputFile : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private InputFile(string? path, string name, Stream stream, long? length)
    {
        Path = path;
        Name = name;
        Stream = new AttributedStream(stream, name);
        Length = length;
    }

    /// <summary>The path; null for standard input.</summary>
    public string? Path { get; }

    /// <summary>The name for messages.</summary>
    public string Name { get; }

    /// <summary>The bytes, forward only.</summary>
    public Stream Stream { get; }

    /// <summary>Length in bytes, where it is known.</summary>
    public long? Length { get; }

    /// <summary>Whether it can be opened once more: a file by its name, no pipe.</summary>
    public bool CanBeReadAgain => Path is not null && Stream.CanSeek;

    /// <summary>Opens a file, or standard input for a dash.</summary>
    /// <exception cref="RefusalException">It is missing, a folder, not readable, or a terminal.</exception>
    public static InputFile Open(string path)
    {
        if (path == FilePaths.Dash)
        {
            Stream input = StandardStreams.OpenInput();
            return new InputFile(null, StandardStreams.InputName, input, input.CanSeek ? input.Length - input.Position : null);
        }

        if (path.Length == 0)
        {
            throw new UsageException("the input has an empty name");
        }

        if (Directory.Exists(path))
        {
            throw new RefusalException(path, "is a folder, not a file");
        }

        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return new InputFile(path, path, stream, stream.CanSeek ? stream.Length : null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw RefusalException.NoSuchFile(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new RefusalException(path, "permission to read it is denied");
        }
        catch (IOException exception)
        {
            throw new FileFailureException(path, exception);
        }
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
