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

        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardInput();
        }

        // A file that the shell redirects can be searched, which metadata behind the pixels of a PNG need; the console's stream cannot.
        var direct = new FileStream(new SafeFileHandle(InputDescriptor, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        return direct.CanSeek ? direct : Console.OpenStandardInput();
    }

    /// <summary>Standard output.</summary>
    /// <exception cref="RefusalException">It is a terminal.</exception>
    public static Stream OpenOutput()
    {
        if (!Console.IsOutputRedirected)
        {
            throw new RefusalException(OutputName, "is a terminal and binary data will not be written to it; use a pipe, a redirection, or name a file");
        }

        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        // The console stream of Unix takes a broken pipe for success, which would hide that the output is cut short. A
        // FileStream reports it; but on a regular file it would write at its own position and leave the shared one behind.
        var direct = new FileStream(new SafeFileHandle(OutputDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return direct.CanSeek ? Console.OpenStandardOutput() : direct;
    }
}
