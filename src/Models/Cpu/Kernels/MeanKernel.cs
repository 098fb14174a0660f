using System.Numerics;
using System.Runtime.CompilerServices;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>The few operations between the networks and the symbols of a position, all channels at a time (spec/vae-format.md, section 8.2).</summary>
/// <remarks>Each operation rounds once, in vectors as alone, so no result depends on their width.</remarks>
internal static class MeanKernel
{
    /// <summary>Largest magnitude of a mean, so that a hostile file cannot reach infinity.</summary>
    public const float MaxMean = 32768;

    /// <summary>mu = bound(h a), the mean of the first pass.</summary>
    /// <param name="hyperMean">h, one value for each channel.</param>
    /// <param name="meanGain">a.</param>
    /// <param name="means">Out: mu.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void First(ReadOnlySpan<float> hyperMean, ReadOnlySpan<float> meanGain, Span<float> means)
    {
        int done = 0;
        for (; done <= means.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            Bound(new Vector<float>(hyperMean[done..]) * new Vector<float>(meanGain[done..])).CopyTo(means[done..]);
        }

        for (; done < means.Length; done++)
        {
            means[done] = Bound(hyperMean[done] * meanGain[done]);
        }
    }

    /// <summary>mu = bound(h a + d g), the mean of the second pass.</summary>
    /// <param name="hyperMean">h, one value for each channel.</param>
    /// <param name="meanGain">a.</param>
    /// <param name="correction">d.</param>
    /// <param name="gain">g.</param>
    /// <param name="means">Out: mu.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Second(ReadOnlySpan<float> hyperMean, ReadOnlySpan<float> meanGain, ReadOnlySpan<float> correction, ReadOnlySpan<float> gain, Span<float> means)
    {
        int done = 0;
        for (; done <= means.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            Vector<float> product = new Vector<float>(correction[done..]) * new Vector<float>(gain[done..]);
            Bound((new Vector<float>(hyperMean[done..]) * new Vector<float>(meanGain[done..])) + product).CopyTo(means[done..]);
        }

        for (; done < means.Length; done++)
        {
            float product = correction[done] * gain[done];
            means[done] = Bound((hyperMean[done] * meanGain[done]) + product);
        }
    }

    /// <summary>y_hat = q + mu.</summary>
    /// <param name="symbols">q.</param>
    /// <param name="means">mu.</param>
    /// <param name="decoded">Out: y_hat.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reconstruct(ReadOnlySpan<short> symbols, ReadOnlySpan<float> means, Span<float> decoded)
    {
        int done = 0, lanes = Vector<float>.Count;
        for (; done <= decoded.Length - Vector<short>.Count; done += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(symbols[done..]), out Vector<int> low, out Vector<int> high);
            (Vector.ConvertToSingle(low) + new Vector<float>(means[done..])).CopyTo(decoded[done..]);
            (Vector.ConvertToSingle(high) + new Vector<float>(means[(done + lanes)..])).CopyTo(decoded[(done + lanes)..]);
        }

        for (; done < decoded.Length; done++)
        {
            decoded[done] = symbols[done] + means[done];
        }
    }

    /// <summary>The nearest value within bounds; what is not a number becomes the lower one.</summary>
    public static float Bound(float mean) => mean >= -MaxMean ? (mean <= MaxMean ? mean : MaxMean) : -MaxMean;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Bound(Vector<float> mean)
    {
        Vector<float> highest = new(MaxMean), lowest = new(-MaxMean);
        Vector<float> below = Vector.ConditionalSelect(Vector.LessThanOrEqual(mean, highest), mean, highest);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(mean, lowest), below, lowest);
    }
}
