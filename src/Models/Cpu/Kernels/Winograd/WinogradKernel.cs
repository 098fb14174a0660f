using System.Runtime.CompilerServices;
using VaeCodec.Models.Cpu.Simd;

namespace VaeCodec.Models.Cpu.Kernels.Winograd;

/// <summary>
/// The two transforms of Winograd's minimal filtering F(4 x 4, 3 x 3): of the input tile, V = B^T d B, and of the output
/// tile, A^T M A. Between them stand 36 matrix products, which <see cref="ConvolutionKernel{TSimd, TFloat, TInt}"/> computes.
/// </summary>
/// <remarks>
/// Source: Lavin, Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, section 4.3. Order of operations
/// (normative, guarantee G2): the columns of the tile first, then its rows, each with the expressions of
/// <see cref="InputLine"/> and <see cref="OutputLine"/>. Vectors run across channels, so no result depends on their width.
/// </remarks>
[SkipLocalsInit]
internal static unsafe class WinogradKernel<TSimd, TFloat, TInt>
    where TSimd : struct, ISimd<TFloat, TInt>
    where TFloat : struct
    where TInt : struct
{
    private const int Input = WinogradConvolution.InputTile;
    private const int Output = WinogradConvolution.OutputTile;

    /// <summary>V = B^T d B of one tile, for all channels.</summary>
    /// <param name="rows">The tile's six rows, each from its first pixel.</param>
    /// <param name="pixelStride">Elements from one pixel to the next, and channels: a multiple of 16.</param>
    /// <param name="v">Out: channel by channel for point 0.</param>
    /// <param name="pointStride">Elements from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformInput(float** rows, nint pixelStride, float* v, nint pointStride)
    {
        int count = TSimd.Count;
        float* lines = stackalloc float[Input * Input * count];
        for (nint channel = 0; channel < pixelStride; channel += count)
        {
            for (int column = 0; column < Input; column++)
            {
                nint offset = (column * pixelStride) + channel;
                InputLine(
                    TSimd.Load(rows[0] + offset),
                    TSimd.Load(rows[1] + offset),
                    TSimd.Load(rows[2] + offset),
                    TSimd.Load(rows[3] + offset),
                    TSimd.Load(rows[4] + offset),
                    TSimd.Load(rows[5] + offset),
                    lines + (column * count),
                    Input * count);
            }

            float* target = v + channel;
            for (int row = 0; row < Input; row++, target += Input * pointStride)
            {
                float* line = lines + (row * Input * count);
                InputLine(
                    TSimd.Load(line),
                    TSimd.Load(line + count),
                    TSimd.Load(line + (2 * count)),
                    TSimd.Load(line + (3 * count)),
                    TSimd.Load(line + (4 * count)),
                    TSimd.Load(line + (5 * count)),
                    target,
                    pointStride);
            }
        }
    }

    /// <summary>A^T M A of one tile, then bias, activation and residual, for one block of output channels.</summary>
    /// <param name="tile">Where the tile goes.</param>
    /// <param name="m">Channel by channel for point 0.</param>
    /// <param name="pointStride">Elements from one point to the next.</param>
    /// <param name="bias">The block's biases.</param>
    /// <param name="vectors">Vectors of output channels in the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformOutput(in WinogradTile tile, float* m, nint pointStride, float* bias, int vectors)
    {
        int count = TSimd.Count;
        TFloat slope = TSimd.Broadcast(tile.Slope);
        float* lines = stackalloc float[Output * Input * count];
        float* finished = stackalloc float[Output * count];
        for (nint channel = 0; channel < vectors * count; channel += count)
        {
            float* source = m + channel;
            for (int column = 0; column < Input; column++, source += pointStride)
            {
                OutputLine(source, Input * pointStride, lines + (column * count), Input * count);
            }

            TFloat offset = TSimd.Load(bias + channel);
            for (int row = 0; row < Output; row++)
            {
                OutputLine(lines + (row * Input * count), count, finished, count);
                float* output = tile.Rows[row] + channel;
                float* residual = tile.ResidualRows == null ? null : tile.ResidualRows[row] + channel;
                for (int column = 0; column < Output; column++, output += tile.PixelStride, residual += tile.ResidualStride)
                {
                    TFloat value = TSimd.LeakyRelu(TSimd.Add(TSimd.Load(finished + (column * count)), offset), slope);
                    TSimd.Store(output, tile.ResidualRows == null ? value : TSimd.Add(value, TSimd.Load(residual)));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine(TFloat x0, TFloat x1, TFloat x2, TFloat x3, TFloat x4, TFloat x5, float* to, nint stride)
    {
        TFloat even = TSimd.MultiplyAdd(TSimd.Broadcast(-4), x2, x4), odd = TSimd.MultiplyAdd(TSimd.Broadcast(-4), x1, x3);
        TFloat evenDifference = TSimd.Subtract(x4, x2), oddDifference = TSimd.Subtract(x3, x1);
        TSimd.Store(to, TSimd.MultiplyAdd(TSimd.Broadcast(4), x0, TSimd.MultiplyAdd(TSimd.Broadcast(-5), x2, x4)));
        TSimd.Store(to + stride, TSimd.Add(even, odd));
        TSimd.Store(to + (2 * stride), TSimd.Subtract(even, odd));
        TSimd.Store(to + (3 * stride), TSimd.MultiplyAdd(TSimd.Broadcast(2), oddDifference, evenDifference));
        TSimd.Store(to + (4 * stride), TSimd.MultiplyAdd(TSimd.Broadcast(-2), oddDifference, evenDifference));
        TSimd.Store(to + (5 * stride), TSimd.MultiplyAdd(TSimd.Broadcast(4), x1, TSimd.MultiplyAdd(TSimd.Broadcast(-5), x3, x5)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine(float* from, nint step, float* to, nint stride)
    {
        TFloat x1 = TSimd.Load(from + step), x2 = TSimd.Load(from + (2 * step)), x3 = TSimd.Load(from + (3 * step)), x4 = TSimd.Load(from + (4 * step));
        TFloat near = TSimd.Add(x1, x2), nearDifference = TSimd.Subtract(x1, x2);
        TFloat far = TSimd.Add(x3, x4), farDifference = TSimd.Subtract(x3, x4);
        TSimd.Store(to, TSimd.Add(TSimd.Add(TSimd.Load(from), near), far));
        TSimd.Store(to + stride, TSimd.MultiplyAdd(TSimd.Broadcast(2), farDifference, nearDifference));
        TSimd.Store(to + (2 * stride), TSimd.MultiplyAdd(TSimd.Broadcast(4), far, near));
        TSimd.Store(to + (3 * stride), TSimd.Add(TSimd.MultiplyAdd(TSimd.Broadcast(8), farDifference, nearDifference), TSimd.Load(from + (5 * step))));
    }
}
