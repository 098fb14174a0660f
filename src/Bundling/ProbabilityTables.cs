using MathNet.Numerics;
using VaeCodec.Models;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;

namespace VaeCodec.Bundling;

/// <summary>
/// Integer probability tables from Gaussians: the mass of N(mean, sigma) over [k - 1/2, k + 1/2] for each integer k. They
/// are computed once, here, and stored; no decoder computes them.
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

    /// <summary>Frequencies of the table of an index of sigma: the symbols -K..K, then the escape.</summary>
    public static int[] Scale(int index)
    {
        double sigma = Sigma(index);
        int half = (int)Math.Ceiling(Reach * sigma);
        if (half > ModelLimits.MaxTableSymbol)
        {
            throw new ModelFileException($"Scale {index} has a sigma of {sigma:F0}, whose table would reach beyond {ModelLimits.MaxTableSymbol}. Use fewer scales.");
        }

        return Frequencies(-half, half, 0, sigma);
    }

    /// <summary>The prior of a channel of z: its first symbol and its frequencies, the escape last.</summary>
    public static (int First, int[] Frequencies) Prior(double mean, double sigma)
    {
        int first = Math.Clamp((int)Math.Floor(mean - (Reach * sigma)), -127, 127);
        int last = Math.Clamp((int)Math.Ceiling(mean + (Reach * sigma)), first, 127);
        return (first, Frequencies(first, last, mean, sigma));
    }

    private static int[] Frequencies(int first, int last, double mean, double sigma)
    {
        int[] frequencies = new int[last - first + 2];
        double covered = 0;
        for (int symbol = first; symbol <= last; symbol++)
        {
            double mass = Mass(symbol, mean, sigma);
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
