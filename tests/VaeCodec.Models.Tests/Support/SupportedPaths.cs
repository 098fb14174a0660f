using VaeCodec.Models.Cpu;

namespace VaeCodec.Models.Tests.Support;

/// <summary>The vector widths this processor can run; tests go through all of them.</summary>
internal static class SupportedPaths
{
    public static CpuPath[] All { get; } = [.. Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported)];
}
