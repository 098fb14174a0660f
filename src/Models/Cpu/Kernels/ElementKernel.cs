using System.Numerics;
using System.Runtime.CompilerServices;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>Operations element by element on the channels of one position, or of several.</summary>
/// <remarks>Each operation rounds once, in vectors as alone, so no result depends on their width. Targets are as long as sources, or the shortest counts; a target may be a source.</remarks>
internal static class ElementKernel
{
    /// <summary>a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> products)
    {
        int done = 0;
        for (; done <= products.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            (new Vector<float>(left[done..]) * new Vector<float>(right[done..])).CopyTo(products[done..]);
        }

        for (; done < products.Length; done++)
        {
            products[done] = left[done] * right[done];
        }
    }

    /// <summary>a / b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> quotients)
    {
        int done = 0;
        for (; done <= quotients.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            (new Vector<float>(left[done..]) / new Vector<float>(right[done..])).CopyTo(quotients[done..]);
        }

        for (; done < quotients.Length; done++)
        {
            quotients[done] = left[done] / right[done];
        }
    }

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sums)
    {
        int done = 0;
        for (; done <= sums.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            (new Vector<float>(left[done..]) + new Vector<float>(right[done..])).CopyTo(sums[done..]);
        }

        for (; done < sums.Length; done++)
        {
            sums[done] = left[done] + right[done];
        }
    }

    /// <summary>sign(v) (sqrt(1 + |v|) - 1): large values come nearer, small ones are halved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ReadOnlySpan<float> values, Span<float> compressed)
    {
        int done = 0;
        for (; done <= compressed.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            Vector<float> value = new(values[done..]);
            Vector<float> magnitude = Vector.SquareRoot(Vector<float>.One + Vector.Abs(value)) - Vector<float>.One;
            Vector.CopySign(magnitude, value).CopyTo(compressed[done..]);
        }

        for (; done < compressed.Length; done++)
        {
            compressed[done] = Compress(values[done]);
        }
    }

    /// <summary>One value of <see cref="Compress(ReadOnlySpan{float}, Span{float})"/>.</summary>
    public static float Compress(float value) => MathF.CopySign(MathF.Sqrt(1 + MathF.Abs(value)) - 1, value);
}
