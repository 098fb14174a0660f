using System.Globalization;
using System.Runtime.InteropServices;
using VaeCodec.Models.Cpu;

namespace VaeCodec;

/// <summary>How the codec computes on this processor. The results do not depend on it.</summary>
public static class VaeCpu
{
    /// <summary>The path in use: "512", "256", "128" (bits of a vector) or "scalar". The environment variable VAECODEC_ISA forces one.</summary>
    /// <exception cref="VaeException">VAECODEC_ISA asks for a path that does not exist or that this processor does not have.</exception>
    public static string Path
    {
        get
        {
            try
            {
                return CpuPaths.Name(CpuPaths.Selected);
            }
            catch (PlatformNotSupportedException exception)
            {
                throw new VaeException(VaeError.Failure, exception.Message, exception);
            }
        }
    }

    /// <summary>The path in words, with what it rests on.</summary>
    public static string Description
    {
        get
        {
            string path = Path;
            string vectors = path == "scalar" ? "one value at a time" : string.Create(CultureInfo.InvariantCulture, $"vectors of {path} bits");
            string fma = CpuPaths.HasFusedMultiplyAdd ? "fused multiply-add in hardware" : "fused multiply-add in software";
            string forced = string.IsNullOrEmpty(Environment.GetEnvironmentVariable(CpuPaths.EnvironmentVariable)) ? string.Empty : $", forced by {CpuPaths.EnvironmentVariable}";
            return $"{RuntimeInformation.ProcessArchitecture}, {vectors}, {fma}{forced}; widest here: {CpuPaths.Name(CpuPaths.Widest)}";
        }
    }
}
