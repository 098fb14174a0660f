using System.Runtime.Intrinsics;
using VaeCodec.Models.Cpu.Kernels.Winograd;
using VaeCodec.Models.Cpu.Simd;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>The kernels of one vector width, as pointers to code that is specialised for it.</summary>
internal sealed unsafe class CpuKernels
{
    private CpuKernels(int count, int blockVectors)
    {
        Count = count;
        BlockVectors = blockVectors;
    }

    /// <summary>Elements in a vector.</summary>
    public int Count { get; }

    /// <summary>Most vectors of output channels in a block.</summary>
    public int BlockVectors { get; }

    /// <summary><see cref="ConvolutionKernel{TSimd, TFloat, TInt}.Run"/>.</summary>
    public delegate*<in ConvolutionRow, float*, float*, int, nint, void> Convolve { get; private init; }

    /// <summary><see cref="WinogradKernel{TSimd, TFloat, TInt}.TransformInput"/>.</summary>
    public delegate*<float**, nint, float*, nint, void> TransformInput { get; private init; }

    /// <summary><see cref="WinogradKernel{TSimd, TFloat, TInt}.TransformOutput"/>.</summary>
    public delegate*<in WinogradTile, float*, nint, float*, int, void> TransformOutput { get; private init; }

    /// <summary><see cref="IntegerKernel{TSimd, TFloat, TInt}.Run"/>.</summary>
    public delegate*<int**, int, nint, nint, int, int*, int*, int*, void> ConvolveIntegers { get; private init; }

    /// <summary>The kernels of a path.</summary>
    public static CpuKernels Of(CpuPath path) => path switch
    {
        CpuPath.Vector512 => Make<Simd512, Vector512<float>, Vector512<int>>(),
        CpuPath.Vector256 => Make<Simd256, Vector256<float>, Vector256<int>>(),
        CpuPath.Vector128 => Make<Simd128, Vector128<float>, Vector128<int>>(),
        _ => Make<ScalarSimd, float, int>(),
    };

    private static CpuKernels Make<TSimd, TFloat, TInt>()
        where TSimd : struct, ISimd<TFloat, TInt>
        where TFloat : struct
        where TInt : struct
        => new(TSimd.Count, TSimd.BlockVectors)
        {
            Convolve = &ConvolutionKernel<TSimd, TFloat, TInt>.Run,
            ConvolveIntegers = &IntegerKernel<TSimd, TFloat, TInt>.Run,
            TransformInput = &WinogradKernel<TSimd, TFloat, TInt>.TransformInput,
            TransformOutput = &WinogradKernel<TSimd, TFloat, TInt>.TransformOutput,
        };
}
