using System.Runtime.CompilerServices;
using VaeCodec.Models.Cpu.Simd;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>
/// The inner kernel of the integer scale network: four pixels by two vectors of output channels, 16-bit pairs multiplied
/// and added into 32 bits. Weights are widened to 16 bits because the 8-bit multiply-add of x86 saturates.
/// </summary>
internal static unsafe class IntegerKernel<TSimd, TFloat, TInt>
    where TSimd : struct, ISimd<TFloat, TInt>
    where TFloat : struct
    where TInt : struct
{
    /// <summary>Computes sums for some pixels of a row and two vectors of output channels.</summary>
    /// <param name="inputs">For each kernel row the input pair where the window of pixel 0 starts.</param>
    /// <param name="rows">Kernel rows.</param>
    /// <param name="pairs">Pairs in a kernel row of the window: kernel columns by input channels, divided by two.</param>
    /// <param name="pixelPairs">Pairs from one pixel to the next.</param>
    /// <param name="pixels">Pixels.</param>
    /// <param name="weights">Pairs: reduction index by output channel of the block.</param>
    /// <param name="bias">Biases of the block.</param>
    /// <param name="sums">Out: pixel by output channel of the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int** inputs, int rows, nint pairs, nint pixelPairs, int pixels, int* weights, int* bias, int* sums)
    {
        int pixel = 0;
        for (; pixel + 4 <= pixels; pixel += 4)
        {
            Block4(inputs, rows, pairs, pixelPairs, pixel, weights, bias, sums);
        }

        for (; pixel < pixels; pixel++)
        {
            Block1(inputs, rows, pairs, pixelPairs, pixel, weights, bias, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block4(int** inputs, int rows, nint pairs, nint pixelPairs, nint pixel, int* weights, int* bias, int* sums)
    {
        int count = TSimd.Count;
        TInt a00 = TSimd.LoadInt(bias), a10 = a00, a20 = a00, a30 = a00;
        TInt a01 = TSimd.LoadInt(bias + count), a11 = a01, a21 = a01, a31 = a01;
        for (int row = 0; row < rows; row++)
        {
            int* x0 = inputs[row] + (pixel * pixelPairs);
            int* x1 = x0 + pixelPairs;
            int* x2 = x1 + pixelPairs;
            int* x3 = x2 + pixelPairs;
            for (nint i = 0; i < pairs; i++)
            {
                TInt w0 = TSimd.LoadInt(weights);
                TInt w1 = TSimd.LoadInt(weights + count);
                weights += 2 * count;
                TInt x = TSimd.BroadcastPair(x0[i]);
                a00 = TSimd.MultiplyAddPairs(w0, x, a00);
                a01 = TSimd.MultiplyAddPairs(w1, x, a01);
                x = TSimd.BroadcastPair(x1[i]);
                a10 = TSimd.MultiplyAddPairs(w0, x, a10);
                a11 = TSimd.MultiplyAddPairs(w1, x, a11);
                x = TSimd.BroadcastPair(x2[i]);
                a20 = TSimd.MultiplyAddPairs(w0, x, a20);
                a21 = TSimd.MultiplyAddPairs(w1, x, a21);
                x = TSimd.BroadcastPair(x3[i]);
                a30 = TSimd.MultiplyAddPairs(w0, x, a30);
                a31 = TSimd.MultiplyAddPairs(w1, x, a31);
            }
        }

        int* output = sums + (pixel * 2 * count);
        TSimd.StoreInt(output, a00);
        TSimd.StoreInt(output + count, a01);
        TSimd.StoreInt(output + (2 * count), a10);
        TSimd.StoreInt(output + (3 * count), a11);
        TSimd.StoreInt(output + (4 * count), a20);
        TSimd.StoreInt(output + (5 * count), a21);
        TSimd.StoreInt(output + (6 * count), a30);
        TSimd.StoreInt(output + (7 * count), a31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block1(int** inputs, int rows, nint pairs, nint pixelPairs, nint pixel, int* weights, int* bias, int* sums)
    {
        int count = TSimd.Count;
        TInt a0 = TSimd.LoadInt(bias);
        TInt a1 = TSimd.LoadInt(bias + count);
        for (int row = 0; row < rows; row++)
        {
            int* x = inputs[row] + (pixel * pixelPairs);
            for (nint i = 0; i < pairs; i++, weights += 2 * count)
            {
                TInt pair = TSimd.BroadcastPair(x[i]);
                a0 = TSimd.MultiplyAddPairs(TSimd.LoadInt(weights), pair, a0);
                a1 = TSimd.MultiplyAddPairs(TSimd.LoadInt(weights + count), pair, a1);
            }
        }

        TSimd.StoreInt(sums + (pixel * 2 * count), a0);
        TSimd.StoreInt(sums + (pixel * 2 * count) + count, a1);
    }
}
