using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VaeCodec.Tool;

/// <summary>Standard input and output as streams of bytes.</summary>
internal static class StandardStreams
{
    public const string InputName = "standard input";
    public const string OutputName = "standard output";

    private const int InputDescriptor = 0;
    private const int OutputDescriptor = 1;

    /// <summary>Standard input.</summary>
    /// <exception cref="RefusalException">It is a terminal.</exception>
    public static Stream OpenInput()
    {
        if (!Console.IsInputRedirected)
        {
            throw new RefusalException(InputName, "is a terminal; a picture or a .vae file is binary data, so use a pipe or a redirection");
        }

        // A file that the shell redirects can be searched, which metadata behind the pixels of a PNG need; the console's stream cannot.
        return Direct(InputDescriptor, FileAccess.Read) is { CanSeek: true } direct ? direct : Console.OpenStandardInput();
    }

    /// <summary>Standard output.</summary>
    /// <exception cref="RefusalException">It is a terminal.</exception>
    public static Stream OpenOutput()
    {
        if (!Console.IsOutputRedirected)
        {
            throw new RefusalException(OutputName, "is a terminal and binary data will not be written to it; use a pipe, a redirection, or name a file");
        }

        // The console's stream takes a broken pipe for success, which would hide that the output is cut short. A
        // FileStream reports it; but on a regular file it would write at its own position and leave the shared one behind.
        return Direct(OutputDescriptor, FileAccess.Write) is { CanSeek: false } direct ? direct : Console.OpenStandardOutput();
    }

    /// <summary>A stream on what a descriptor stands for; null where there is nothing, or a pipe for overlapped operations, which Windows has and plain reads and writes do not suit.</summary>
    private static FileStream? Direct(int descriptor, FileAccess access)
    {
        // The first of Windows' standard handles is -10, and the next -11.
        var handle = new SafeFileHandle(OperatingSystem.IsWindows() ? GetStdHandle(-10 - descriptor) : descriptor, ownsHandle: false);
        return handle.IsInvalid || handle.IsAsync ? null : new FileStream(handle, access, bufferSize: 0);
    }

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int number);
}
