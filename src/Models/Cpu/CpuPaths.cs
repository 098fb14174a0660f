using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace VaeCodec.Models.Cpu;

/// <summary>Finds out what this processor offers and which path to take.</summary>
public static class CpuPaths
{
    /// <summary>Environment variable that forces a path: scalar, 128, 256 or 512.</summary>
    public const string EnvironmentVariable = "VAECODEC_ISA";

    private static readonly Lazy<CpuPath> s_selected = new(Select);

    /// <summary>The path in use: the one forced by <see cref="EnvironmentVariable"/>, otherwise the widest the processor runs in hardware.</summary>
    /// <exception cref="PlatformNotSupportedException">The variable holds an unknown value, or a path this processor does not have.</exception>
    public static CpuPath Selected => s_selected.Value;

    /// <summary>Whether fused multiply-add is an instruction here; otherwise it is computed in double precision (see SoftwareFma).</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>The widest path that runs in hardware.</summary>
    public static CpuPath Widest =>
        IsSupported(CpuPath.Vector512) ? CpuPath.Vector512
        : IsSupported(CpuPath.Vector256) ? CpuPath.Vector256
        : IsSupported(CpuPath.Vector128) ? CpuPath.Vector128
        : CpuPath.Scalar;

    /// <summary>Whether a path can run here.</summary>
    /// <param name="path">The path.</param>
    public static bool IsSupported(CpuPath path) => path switch
    {
        CpuPath.Vector512 => Avx512F.IsSupported && Avx512BW.IsSupported && Fma.IsSupported,
        CpuPath.Vector256 => Avx2.IsSupported && Fma.IsSupported,
        CpuPath.Vector128 => Vector128.IsHardwareAccelerated,
        CpuPath.Scalar => true,
        _ => false,
    };

    /// <summary>The name used by <see cref="EnvironmentVariable"/> and on the command line.</summary>
    /// <param name="path">The path.</param>
    public static string Name(CpuPath path) => path == CpuPath.Scalar ? "scalar" : ((int)path).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static CpuPath Select()
    {
        string? forced = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrEmpty(forced))
        {
            return Widest;
        }

        CpuPath path = forced switch
        {
            "scalar" => CpuPath.Scalar,
            "128" => CpuPath.Vector128,
            "256" => CpuPath.Vector256,
            "512" => CpuPath.Vector512,
            _ => throw new PlatformNotSupportedException($"{EnvironmentVariable} is \"{forced}\"; it takes scalar, 128, 256 or 512."),
        };
        return IsSupported(path)
            ? path
            : throw new PlatformNotSupportedException($"{EnvironmentVariable} asks for the {forced}-bit path, which this processor or runtime does not offer; the widest here is {Name(Widest)}.");
    }
}
