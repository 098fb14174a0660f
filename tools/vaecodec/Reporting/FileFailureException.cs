namespace VaeCodec.Tool;

/// <summary>Reading or writing failed, with the name of the file it failed for.</summary>
internal sealed class FileFailureException(string fileName, IOException cause) : IOException(cause.Message, cause)
{
    // errno EPIPE on Linux and macOS (the runtime keeps errno in HResult); ERROR_BROKEN_PIPE and ERROR_NO_DATA on Windows.
    private const int UnixBrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);
    private const int WindowsNotConnected = unchecked((int)0x800700E9);

    /// <summary>The file, as the user named it.</summary>
    public string FileName { get; } = fileName;

    /// <summary>Whether the other end of the pipe has gone.</summary>
    public bool IsBrokenPipe { get; } = cause.HResult is UnixBrokenPipe or WindowsBrokenPipe or WindowsNoData or WindowsNotConnected;
}
