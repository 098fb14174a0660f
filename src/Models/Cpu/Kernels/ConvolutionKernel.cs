using System.Runtime.CompilerServices;
using VaeCodec.Models.Cpu.Simd;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>
/// The register-blocked inner kernel of every convolution: six pixels by up to four vectors of output channels stay in
/// registers while the reduction runs.
/// </summary>
/// <remarks>
/// Order of accumulation (normative, guarantee G2): bias, then runs in order (kernel row by kernel row), then within a
/// run its elements in memory order (kernel column, input channel); one fused multiply-add each. Vectors run across
/// output channels, so the order does not depend on the vector width or on the blocking.
/// </remarks>
internal static unsafe class ConvolutionKernel<TSimd, TFloat, TInt>
    where TSimd : struct, ISimd<TFloat, TInt>
    where TFloat : struct
    where TInt : struct
{
    private const int BlockPixels = ConvolutionRow.BlockPixels;

    /// <summary>Computes one row of pixels for one block of output channels.</summary>
    /// <param name="row">Input runs, output and residual.</param>
    /// <param name="weights">The block's weights: reduction index by output channel.</param>
    /// <param name="bias">The block's biases.</param>
    /// <param name="vectors">Vectors of output channels in the block, 1 to 4.</param>
    /// <param name="outputOffset">Channel within the output pixel where the block starts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in ConvolutionRow row, float* weights, float* bias, int vectors, nint outputOffset)
    {
        int pixel = 0;
        if (row.Pixels >= BlockPixels)
        {
            // The last block is moved back to end at the row's end: it computes some pixels again, to the same values.
            // A residual that is added in place would be added twice, so a residual never aliases the output.
            for (; pixel < row.Pixels; pixel += BlockPixels)
            {
                Block6(in row, weights, bias, vectors, Math.Min(pixel, row.Pixels - BlockPixels), outputOffset);
            }

            return;
        }

        for (; pixel < row.Pixels; pixel++)
        {
            for (int vector = 0; vector < vectors; vector++)
            {
                Single(in row, weights, bias, vectors, vector, pixel, outputOffset);
            }
        }
    }

    private static void Block6(in ConvolutionRow row, float* weights, float* bias, int vectors, nint pixel, nint outputOffset)
    {
        switch (vectors)
        {
            case 4:
                Block6x4(in row, weights, bias, pixel, outputOffset);
                break;
            case 3:
                Block6x3(in row, weights, bias, pixel, outputOffset);
                break;
            case 2:
                Block6x2(in row, weights, bias, pixel, outputOffset);
                break;
            default:
                Block6x1(in row, weights, bias, pixel, outputOffset);
                break;
        }
    }

    /// <summary>One pixel by one vector, for rows too short for a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Single(in ConvolutionRow row, float* weights, float* bias, int vectors, int vector, nint pixel, nint outputOffset)
    {
        int count = TSimd.Count;
        int step = vectors * count;
        TFloat sum = TSimd.Load(bias + (vector * count));
        float* weight = weights + (vector * count);
        for (int run = 0; run < row.RunCount; run++)
        {
            float* x = row.Runs[run] + (pixel * row.PixelStride);
            for (nint i = 0; i < row.RunLength; i++, weight += step)
            {
                sum = TSimd.MultiplyAdd(TSimd.Load(weight), TSimd.Broadcast(x[i]), sum);
            }
        }

        float* residual = Residual(in row, pixel, outputOffset);
        Finish(row.Output + (pixel * row.OutputStride) + outputOffset, residual, vector * count, sum, TSimd.Broadcast(row.Slope));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Residual(in ConvolutionRow row, nint pixel, nint outputOffset)
        => row.Residual == null ? null : row.Residual + (pixel * row.ResidualStride) + outputOffset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(float* output, float* residual, nint offset, TFloat sum, TFloat slope)
    {
        sum = TSimd.LeakyRelu(sum, slope);
        if (residual != null)
        {
            sum = TSimd.Add(sum, TSimd.Load(residual + offset));
        }

        TSimd.Store(output + offset, sum);
    }

    /// <summary>Six pixels by 4 vectors of outputs: 24 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6x4(in ConvolutionRow row, float* weights, float* bias, nint firstPixel, nint outputOffset)
    {
        int count = TSimd.Count;
        TFloat a00 = TSimd.Load(bias), a10 = a00, a20 = a00, a30 = a00, a40 = a00, a50 = a00;
        TFloat a01 = TSimd.Load(bias + count), a11 = a01, a21 = a01, a31 = a01, a41 = a01, a51 = a01;
        TFloat a02 = TSimd.Load(bias + (2 * count)), a12 = a02, a22 = a02, a32 = a02, a42 = a02, a52 = a02;
        TFloat a03 = TSimd.Load(bias + (3 * count)), a13 = a03, a23 = a03, a33 = a03, a43 = a03, a53 = a03;
        nint stride = row.PixelStride;
        nint length = row.RunLength;
        for (int run = 0; run < row.RunCount; run++)
        {
            float* x0 = row.Runs[run] + (firstPixel * stride);
            float* x1 = x0 + stride;
            float* x2 = x1 + stride;
            float* x3 = x2 + stride;
            float* x4 = x3 + stride;
            float* x5 = x4 + stride;
            for (nint i = 0; i < length; i++)
            {
                TFloat w0 = TSimd.Load(weights);
                TFloat w1 = TSimd.Load(weights + count);
                TFloat w2 = TSimd.Load(weights + (2 * count));
                TFloat w3 = TSimd.Load(weights + (3 * count));
                weights += 4 * count;
                TFloat x = TSimd.Broadcast(x0[i]);
                a00 = TSimd.MultiplyAdd(w0, x, a00);
                a01 = TSimd.MultiplyAdd(w1, x, a01);
                a02 = TSimd.MultiplyAdd(w2, x, a02);
                a03 = TSimd.MultiplyAdd(w3, x, a03);
                x = TSimd.Broadcast(x1[i]);
                a10 = TSimd.MultiplyAdd(w0, x, a10);
                a11 = TSimd.MultiplyAdd(w1, x, a11);
                a12 = TSimd.MultiplyAdd(w2, x, a12);
                a13 = TSimd.MultiplyAdd(w3, x, a13);
                x = TSimd.Broadcast(x2[i]);
                a20 = TSimd.MultiplyAdd(w0, x, a20);
                a21 = TSimd.MultiplyAdd(w1, x, a21);
                a22 = TSimd.MultiplyAdd(w2, x, a22);
                a23 = TSimd.MultiplyAdd(w3, x, a23);
                x = TSimd.Broadcast(x3[i]);
                a30 = TSimd.MultiplyAdd(w0, x, a30);
                a31 = TSimd.MultiplyAdd(w1, x, a31);
                a32 = TSimd.MultiplyAdd(w2, x, a32);
                a33 = TSimd.MultiplyAdd(w3, x, a33);
                x = TSimd.Broadcast(x4[i]);
                a40 = TSimd.MultiplyAdd(w0, x, a40);
                a41 = TSimd.MultiplyAdd(w1, x, a41);
                a42 = TSimd.MultiplyAdd(w2, x, a42);
                a43 = TSimd.MultiplyAdd(w3, x, a43);
                x = TSimd.Broadcast(x5[i]);
                a50 = TSimd.MultiplyAdd(w0, x, a50);
                a51 = TSimd.MultiplyAdd(w1, x, a51);
                a52 = TSimd.MultiplyAdd(w2, x, a52);
                a53 = TSimd.MultiplyAdd(w3, x, a53);
            }
        }

        TFloat slope = TSimd.Broadcast(row.Slope);
        float* output = row.Output + (firstPixel * row.OutputStride) + outputOffset;
        float* residual0 = Residual(in row, firstPixel, outputOffset);
        Finish(output, residual0, 0, a00, slope);
        Finish(output, residual0, count, a01, slope);
        Finish(output, residual0, 2 * count, a02, slope);
        Finish(output, residual0, 3 * count, a03, slope);
        float* residual1 = Residual(in row, firstPixel + 1, outputOffset);
        Finish(output + row.OutputStride, residual1, 0, a10, slope);
        Finish(output + row.OutputStride, residual1, count, a11, slope);
        Finish(output + row.OutputStride, residual1, 2 * count, a12, slope);
        Finish(output + row.OutputStride, residual1, 3 * count, a13, slope);
        float* residual2 = Residual(in row, firstPixel + 2, outputOffset);
        Finish(output + (2 * row.OutputStride), residual2, 0, a20, slope);
        Finish(output + (2 * row.OutputStride), residual2, count, a21, slope);
        Finish(output + (2 * row.OutputStride), residual2, 2 * count, a22, slope);
        Finish(output + (2 * row.OutputStride), residual2, 3 * count, a23, slope);
        float* residual3 = Residual(in row, firstPixel + 3, outputOffset);
        Finish(output + (3 * row.OutputStride), residual3, 0, a30, slope);
        Finish(output + (3 * row.OutputStride), residual3, count, a31, slope);
        Finish(output + (3 * row.OutputStride), residual3, 2 * count, a32, slope);
        Finish(output + (3 * row.OutputStride), residual3, 3 * count, a33, slope);
        float* residual4 = Residual(in row, firstPixel + 4, outputOffset);
        Finish(output + (4 * row.OutputStride), residual4, 0, a40, slope);
        Finish(output + (4 * row.OutputStride), residual4, count, a41, slope);
        Finish(output + (4 * row.OutputStride), residual4, 2 * count, a42, slope);
        Finish(output + (4 * row.OutputStride), residual4, 3 * count, a43, slope);
        float* residual5 = Residual(in row, firstPixel + 5, outputOffset);
        Finish(output + (5 * row.OutputStride), residual5, 0, a50, slope);
        Finish(output + (5 * row.OutputStride), residual5, count, a51, slope);
        Finish(output + (5 * row.OutputStride), residual5, 2 * count, a52, slope);
        Finish(output + (5 * row.OutputStride), residual5, 3 * count, a53, slope);
    }

    /// <summary>Six pixels by 3 vectors of outputs: 18 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6x3(in ConvolutionRow row, float* weights, float* bias, nint firstPixel, nint outputOffset)
    {
        int count = TSimd.Count;
        TFloat a00 = TSimd.Load(bias), a10 = a00, a20 = a00, a30 = a00, a40 = a00, a50 = a00;
        TFloat a01 = TSimd.Load(bias + count), a11 = a01, a21 = a01, a31 = a01, a41 = a01, a51 = a01;
        TFloat a02 = TSimd.Load(bias + (2 * count)), a12 = a02, a22 = a02, a32 = a02, a42 = a02, a52 = a02;
        nint stride = row.PixelStride;
        nint length = row.RunLength;
        for (int run = 0; run < row.RunCount; run++)
        {
            float* x0 = row.Runs[run] + (firstPixel * stride);
            float* x1 = x0 + stride;
            float* x2 = x1 + stride;
            float* x3 = x2 + stride;
            float* x4 = x3 + stride;
            float* x5 = x4 + stride;
            for (nint i = 0; i < length; i++)
            {
                TFloat w0 = TSimd.Load(weights);
                TFloat w1 = TSimd.Load(weights + count);
                TFloat w2 = TSimd.Load(weights + (2 * count));
                weights += 3 * count;
                TFloat x = TSimd.Broadcast(x0[i]);
                a00 = TSimd.MultiplyAdd(w0, x, a00);
                a01 = TSimd.MultiplyAdd(w1, x, a01);
                a02 = TSimd.MultiplyAdd(w2, x, a02);
                x = TSimd.Broadcast(x1[i]);
                a10 = TSimd.MultiplyAdd(w0, x, a10);
                a11 = TSimd.MultiplyAdd(w1, x, a11);
                a12 = TSimd.MultiplyAdd(w2, x, a12);
                x = TSimd.Broadcast(x2[i]);
                a20 = TSimd.MultiplyAdd(w0, x, a20);
                a21 = TSimd.MultiplyAdd(w1, x, a21);
                a22 = TSimd.MultiplyAdd(w2, x, a22);
                x = TSimd.Broadcast(x3[i]);
                a30 = TSimd.MultiplyAdd(w0, x, a30);
                a31 = TSimd.MultiplyAdd(w1, x, a31);
                a32 = TSimd.MultiplyAdd(w2, x, a32);
                x = TSimd.Broadcast(x4[i]);
                a40 = TSimd.MultiplyAdd(w0, x, a40);
                a41 = TSimd.MultiplyAdd(w1, x, a41);
                a42 = TSimd.MultiplyAdd(w2, x, a42);
                x = TSimd.Broadcast(x5[i]);
                a50 = TSimd.MultiplyAdd(w0, x, a50);
                a51 = TSimd.MultiplyAdd(w1, x, a51);
                a52 = TSimd.MultiplyAdd(w2, x, a52);
            }
        }

        TFloat slope = TSimd.Broadcast(row.Slope);
        float* output = row.Output + (firstPixel * row.OutputStride) + outputOffset;
        float* residual0 = Residual(in row, firstPixel, outputOffset);
        Finish(output, residual0, 0, a00, slope);
        Finish(output, residual0, count, a01, slope);
        Finish(output, residual0, 2 * count, a02, slope);
        float* residual1 = Residual(in row, firstPixel + 1, outputOffset);
        Finish(output + row.OutputStride, residual1, 0, a10, slope);
        Finish(output + row.OutputStride, residual1, count, a11, slope);
        Finish(output + row.OutputStride, residual1, 2 * count, a12, slope);
        float* residual2 = Residual(in row, firstPixel + 2, outputOffset);
        Finish(output + (2 * row.OutputStride), residual2, 0, a20, slope);
        Finish(output + (2 * row.OutputStride), residual2, count, a21, slope);
        Finish(output + (2 * row.OutputStride), residual2, 2 * count, a22, slope);
        float* residual3 = Residual(in row, firstPixel + 3, outputOffset);
        Finish(output + (3 * row.OutputStride), residual3, 0, a30, slope);
        Finish(output + (3 * row.OutputStride), residual3, count, a31, slope);
        Finish(output + (3 * row.OutputStride), residual3, 2 * count, a32, slope);
        float* residual4 = Residual(in row, firstPixel + 4, outputOffset);
        Finish(output + (4 * row.OutputStride), residual4, 0, a40, slope);
        Finish(output + (4 * row.OutputStride), residual4, count, a41, slope);
        Finish(output + (4 * row.OutputStride), residual4, 2 * count, a42, slope);
        float* residual5 = Residual(in row, firstPixel + 5, outputOffset);
        Finish(output + (5 * row.OutputStride), residual5, 0, a50, slope);
        Finish(output + (5 * row.OutputStride), residual5, count, a51, slope);
        Finish(output + (5 * row.OutputStride), residual5, 2 * count, a52, slope);
    }

    /// <summary>Six pixels by 2 vectors of outputs: 12 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6x2(in ConvolutionRow row, float* weights, float* bias, nint firstPixel, nint outputOffset)
    {
        int count = TSimd.Count;
        TFloat a00 = TSimd.Load(bias), a10 = a00, a20 = a00, a30 = a00, a40 = a00, a50 = a00;
        TFloat a01 = TSimd.Load(bias + count), a11 = a01, a21 = a01, a31 = a01, a41 = a01, a51 = a01;
        nint stride = row.PixelStride;
        nint length = row.RunLength;
        for (int run = 0; run < row.RunCount; run++)
        {
            float* x0 = row.Runs[run] + (firstPixel * stride);
            float* x1 = x0 + stride;
            float* x2 = x1 + stride;
            float* x3 = x2 + stride;
            float* x4 = x3 + stride;
            float* x5 = x4 + stride;
            for (nint i = 0; i < length; i++)
            {
                TFloat w0 = TSimd.Load(weights);
                TFloat w1 = TSimd.Load(weights + count);
                weights += 2 * count;
                TFloat x = TSimd.Broadcast(x0[i]);
                a00 = TSimd.MultiplyAdd(w0, x, a00);
                a01 = TSimd.MultiplyAdd(w1, x, a01);
                x = TSimd.Broadcast(x1[i]);
                a10 = TSimd.MultiplyAdd(w0, x, a10);
                a11 = TSimd.MultiplyAdd(w1, x, a11);
                x = TSimd.Broadcast(x2[i]);
                a20 = TSimd.MultiplyAdd(w0, x, a20);
                a21 = TSimd.MultiplyAdd(w1, x, a21);
                x = TSimd.Broadcast(x3[i]);
                a30 = TSimd.MultiplyAdd(w0, x, a30);
                a31 = TSimd.MultiplyAdd(w1, x, a31);
                x = TSimd.Broadcast(x4[i]);
                a40 = TSimd.MultiplyAdd(w0, x, a40);
                a41 = TSimd.MultiplyAdd(w1, x, a41);
                x = TSimd.Broadcast(x5[i]);
                a50 = TSimd.MultiplyAdd(w0, x, a50);
                a51 = TSimd.MultiplyAdd(w1, x, a51);
            }
        }

        TFloat slope = TSimd.Broadcast(row.Slope);
        float* output = row.Output + (firstPixel * row.OutputStride) + outputOffset;
        float* residual0 = Residual(in row, firstPixel, outputOffset);
        Finish(output, residual0, 0, a00, slope);
        Finish(output, residual0, count, a01, slope);
        float* residual1 = Residual(in row, firstPixel + 1, outputOffset);
        Finish(output + row.OutputStride, residual1, 0, a10, slope);
        Finish(output + row.OutputStride, residual1, count, a11, slope);
        float* residual2 = Residual(in row, firstPixel + 2, outputOffset);
        Finish(output + (2 * row.OutputStride), residual2, 0, a20, slope);
        Finish(output + (2 * row.OutputStride), residual2, count, a21, slope);
        float* residual3 = Residual(in row, firstPixel + 3, outputOffset);
        Finish(output + (3 * row.OutputStride), residual3, 0, a30, slope);
        Finish(output + (3 * row.OutputStride), residual3, count, a31, slope);
        float* residual4 = Residual(in row, firstPixel + 4, outputOffset);
        Finish(output + (4 * row.OutputStride), residual4, 0, a40, slope);
        Finish(output + (4 * row.OutputStride), residual4, count, a41, slope);
        float* residual5 = Residual(in row, firstPixel + 5, outputOffset);
        Finish(output + (5 * row.OutputStride), residual5, 0, a50, slope);
        Finish(output + (5 * row.OutputStride), residual5, count, a51, slope);
    }

    /// <summary>Six pixels by 1 vector of outputs: 6 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6x1(in ConvolutionRow row, float* weights, float* bias, nint firstPixel, nint outputOffset)
    {
        int count = TSimd.Count;
        TFloat a00 = TSimd.Load(bias), a10 = a00, a20 = a00, a30 = a00, a40 = a00, a50 = a00;
        nint stride = row.PixelStride;
        nint length = row.RunLength;
        for (int run = 0; run < row.RunCount; run++)
        {
            float* x0 = row.Runs[run] + (firstPixel * stride);
            float* x1 = x0 + stride;
            float* x2 = x1 + stride;
            float* x3 = x2 + stride;
            float* x4 = x3 + stride;
            float* x5 = x4 + stride;
            for (nint i = 0; i < length; i++)
            {
                TFloat w0 = TSimd.Load(weights);
                weights += count;
                TFloat x = TSimd.Broadcast(x0[i]);
                a00 = TSimd.MultiplyAdd(w0, x, a00);
                x = TSimd.Broadcast(x1[i]);
                a10 = TSimd.MultiplyAdd(w0, x, a10);
                x = TSimd.Broadcast(x2[i]);
                a20 = TSimd.MultiplyAdd(w0, x, a20);
                x = TSimd.Broadcast(x3[i]);
                a30 = TSimd.MultiplyAdd(w0, x, a30);
                x = TSimd.Broadcast(x4[i]);
                a40 = TSimd.MultiplyAdd(w0, x, a40);
                x = TSimd.Broadcast(x5[i]);
                a50 = TSimd.MultiplyAdd(w0, x, a50);
            }
        }

        TFloat slope = TSimd.Broadcast(row.Slope);
        float* output = row.Output + (firstPixel * row.OutputStride) + outputOffset;
        float* residual0 = Residual(in row, firstPixel, outputOffset);
        Finish(output, residual0, 0, a00, slope);
        float* residual1 = Residual(in row, firstPixel + 1, outputOffset);
        Finish(output + row.OutputStride, residual1, 0, a10, slope);
        float* residual2 = Residual(in row, firstPixel + 2, outputOffset);
        Finish(output + (2 * row.OutputStride), residual2, 0, a20, slope);
        float* residual3 = Residual(in row, firstPixel + 3, outputOffset);
        Finish(output + (3 * row.OutputStride), residual3, 0, a30, slope);
        float* residual4 = Residual(in row, firstPixel + 4, outputOffset);
        Finish(output + (4 * row.OutputStride), residual4, 0, a40, slope);
        float* residual5 = Residual(in row, firstPixel + 5, outputOffset);
        Finish(output + (5 * row.OutputStride), residual5, 0, a50, slope);
    }
}
