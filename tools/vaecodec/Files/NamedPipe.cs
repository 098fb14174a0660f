using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace VaeCodec.Tool;

/// <summary>Tells named pipes from files. .NET does not say it, and to open one would let go whoever waits at its other end.</summary>
internal static class NamedPipe
{
    // From linux/stat.h and fcntl.h, alike on all processors.
    private const int CurrentFolder = -100;
    private const uint KindAlone = 1;
    private const int BufferBytes = 256;
    private const int ModeOffset = 28;
    private const int KindMask = 0xF000;
    private const int PipeKind = 0x1000;

    /// <summary>Whether a path leads to a named pipe; elsewhere than on Linux it is not known and false.</summary>
    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        byte[] status = new byte[BufferBytes];
        try
        {
            return Status(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, KindAlone, status) == 0
                && (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset)) & KindMask) == PipeKind;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, byte[] path, int flags, uint mask, byte[] status);
}
