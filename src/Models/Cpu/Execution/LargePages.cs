using System.Runtime.InteropServices;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Asks the system for pages of 2 MiB where it gives them on request (Linux): a few first touches instead of thousands, and fewer address translations to look up.</summary>
internal static unsafe partial class LargePages
{
    /// <summary>Bytes of a large page.</summary>
    public const nuint Size = 2 << 20;

    private const int AdviseHugePage = 14;

    /// <summary>Advises the system about the whole large pages in a piece of memory. Advice only: whether it is taken changes nothing but speed.</summary>
    /// <param name="memory">Start of the memory, on a boundary of <see cref="Size"/> if it is as large.</param>
    /// <param name="bytes">Its length.</param>
    public static void Advise(void* memory, nuint bytes)
    {
        if (OperatingSystem.IsLinux() && bytes >= Size)
        {
            _ = AdviseMemory(memory, bytes / Size * Size, AdviseHugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int AdviseMemory(void* memory, nuint bytes, int advice);
}
