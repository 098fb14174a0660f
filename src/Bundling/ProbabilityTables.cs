using MathNet.Numerics;
using VaeCodec.Models;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;

namespace VaeCodec.Bundling;

/// <summary>
/// Integer probability tables: the mass of N(mean, sigma) over [k - 1/2, k + 1/2] for each integer k, and for scales what was
/// seen of symbols on top. They are computed once, here, and stored; no decoder computes them.
/// </summary>
internal static class ProbabilityTables
{
    /// <summary>The smallest sigma: index 0 of the table of scales.</summary>
    public const double MinSigma = 0.11;

    /// <summary>Steps of an index in a natural logarithm of sigma.</summary>
    public const double StepsPerNat = 16;

    /// <summary>Standard deviations a table covers on each side. Beyond 4, symbols would cost more as table entries of frequency 1 than they save as escapes.</summary>
    private const double Reach = 4;

    /// <summary>sigma of an index: 0.11 exp(index / 16).</summary>
    public static double Sigma(int index) => MinSigma * Math.Exp(index / StepsPerNat);

    /// <summary>The mass of a Gaussian over an integer's interval.</summary>
    public static double Mass(double symbol, double mean, double sigma)
    {
        // Both ends are mirrored to the side where the complementary error function does not cancel.
        double distance = Math.Abs(symbol - mean);
        return 0.5 * (SpecialFunctions.Erfc((distance - 0.5) / (sigma * Constants.Sqrt2)) - SpecialFunctions.Erfc((distance + 0.5) / (sigma * Constants.Sqrt2)));
    }

    /// <summary>
    /// Symbols that the Gaussian of a scale counts as, beside those that were seen. Weighed symbols have more zeros and longer tails than a
    /// Gaussian. Fitted on 20 pictures, tables take 0.95 % (quality 1) to 0.57 % (quality 78) less of 21 others; 20 in place of
    /// 2000 does as well up to quality 67 and loses 0.04 % at 100, where the wide tables see few symbols.
    /// </summary>
    private const double PriorWeight = 2000;

    /// <summary>Frequencies of the table of an index of sigma: the symbols -K..K, then the escape.</summary>
    /// <param name="index">The scale.</param>
    /// <param name="seen">How often each magnitude came up, from 0 on; without any the table is that of the Gaussian.</param>
    public static int[] Scale(int index, ReadOnlySpan<long> seen = default)
    {
        double sigma = Sigma(index), total = PriorWeight;
        foreach (long count in seen)
        {
            total += count;
        }

        double[] sides = [.. seen.ToArray().Select((count, magnitude) => count / (magnitude == 0 ? 1 : 2.0))];
        double Blended(int symbol)
        {
            int magnitude = Math.Abs(symbol);
            return ((PriorWeight * Mass(symbol, 0, sigma)) + (magnitude < sides.Length ? sides[magnitude] : 0)) / total;
        }

        // Further than the Gaussian reaches as long as a symbol earns the smallest frequency.
        int half = (int)Math.Ceiling(Reach * sigma);
        while (half < Math.Min(sides.Length - 1, ModelLimits.MaxTableSymbol) && Blended(half + 1) * CdfTable.Total >= 1)
        {
            half++;
        }

        if (half > ModelLimits.MaxTableSymbol)
        {
            throw new ModelFileException($"Scale {index} has a sigma of {sigma:F0}, whose table would reach beyond {ModelLimits.MaxTableSymbol}. Use fewer scales.");
        }

        return Frequencies(-half, half, Blended);
    }

    /// <summary>The tables of all scales, as a decoder has them.</summary>
    public static CdfTable[] Scales(int count, SymbolCounts seen)
        => [.. Enumerable.Range(0, count).Select(index => Scale(index, seen.Of(index))).Select(frequencies => new CdfTable(-HalfWidth(frequencies), frequencies))];

    /// <summary>K of a table of the symbols -K..K and the escape.</summary>
    public static int HalfWidth(int[] frequencies) => (frequencies.Length - 2) / 2;

    /// <summary>The prior of a channel of z: its first symbol and its frequencies, the escape last.</summary>
    public static (int First, int[] Frequencies) Prior(double mean, double sigma)
    {
        int first = Math.Clamp((int)Math.Floor(mean - (Reach * sigma)), -127, 127);
        int last = Math.Clamp((int)Math.Ceiling(mean + (Reach * sigma)), first, 127);
        return (first, Frequencies(first, last, symbol => Mass(symbol, mean, sigma)));
    }

    private static int[] Frequencies(int first, int last, Func<int, double> massOf)
    {
        int[] frequencies = new int[last - first + 2];
        double covered = 0;
        for (int symbol = first; symbol <= last; symbol++)
        {
            double mass = massOf(symbol);
            covered += mass;
            frequencies[symbol - first] = Math.Max(1, (int)Math.Round(mass * CdfTable.Total));
        }

        frequencies[^1] = Math.Max(1, (int)Math.Round((1 - covered) * CdfTable.Total));

        // What rounding and the floor of 1 added or took is settled with the largest entries, where it costs least.
        for (int excess = frequencies.Sum() - CdfTable.Total; excess != 0; excess = frequencies.Sum() - CdfTable.Total)
        {
            int largest = Array.IndexOf(frequencies, frequencies.Max());
            int share = Math.Clamp(excess, -Math.Max(1, frequencies[largest] / 64), Math.Max(1, frequencies[largest] / 64));
            frequencies[largest] -= share;
        }

        return frequencies;
    }
}
