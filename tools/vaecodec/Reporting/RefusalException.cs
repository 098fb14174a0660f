namespace VaeCodec.Tool;

/// <summary>Something that the tool will not or cannot do with a file, said before any work is done. Exit code 1.</summary>
internal sealed class RefusalException(string fileName, string message) : Exception(message)
{
    /// <summary>The file, as the user named it.</summary>
    public string FileName { get; } = fileName;

    /// <summary>An input that is not there.</summary>
    public static RefusalException NoSuchFile(string fileName) => new(fileName, "no such file");

    /// <summary>An output whose folder is missing.</summary>
    public static RefusalException NoFolder(string fileName) => new(fileName, "its folder does not exist");

    /// <summary>An output that is there and may not be replaced.</summary>
    public static RefusalException AlreadyExists(string fileName) => new(fileName, "already exists; use -f to overwrite it");
}
