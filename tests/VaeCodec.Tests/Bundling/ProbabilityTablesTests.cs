using VaeCodec.Bundling;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Tests.Bundling;

public class ProbabilityTablesTests
{
    [Fact]
    public void Tables_SumUp_AreSymmetric_AndGrowWithSigma()
    {
        int last = 0;
        for (int index = 0; index < 128; index++)
        {
            int[] frequencies = ProbabilityTables.Scale(index);
            int half = (frequencies.Length - 2) / 2;
            Assert.Equal(0, frequencies.Length % 2);
            Assert.True(half >= last && half >= 4 * ProbabilityTables.Sigma(index));
            Assert.Equal(2 * half, new CdfTable(-half, frequencies).SymbolCount - 1);
            for (int k = 1; k <= half; k++)
            {
                // What rounding left over is settled with the largest entries, first in order.
                Assert.InRange(frequencies[half + k] - frequencies[half - k], -frequencies[half] / 32 - 2, (frequencies[half] / 32) + 2);
            }

            last = half;
        }
    }

    [Fact]
    public void Sigmas_AreSixteenthsOfANatApart()
    {
        Assert.Equal(0.11, ProbabilityTables.Sigma(0), 12);
        Assert.Equal(0.11 * Math.E, ProbabilityTables.Sigma(16), 12);
        Assert.Equal(0.11 * Math.Exp(127 / 16.0), ProbabilityTables.Sigma(127), 9);
    }

    [Fact]
    public void Frequencies_AreTheMassesOfAGaussian()
    {
        foreach (int index in (int[])[0, 20, 36, 60, 90, 110])
        {
            double sigma = ProbabilityTables.Sigma(index);
            int[] frequencies = ProbabilityTables.Scale(index);
            int half = (frequencies.Length - 2) / 2;
            for (int k = -half; k <= half; k++)
            {
                double expected = Integral(k - 0.5, k + 0.5, 0, sigma) * CdfTable.Total;
                Assert.Equal(expected, frequencies[k + half], Math.Max(1.5, expected * 0.03));
            }
        }
    }

    [Fact]
    public void Mass_EqualsNumericalIntegration_AlsoInTheTails()
    {
        foreach (double sigma in (double[])[0.11, 0.5, 1, 7.5, 100])
        {
            for (int k = -12; k <= 12; k++)
            {
                foreach (double mean in (double[])[0, 0.3, -2.7])
                {
                    double expected = Integral(k - 0.5, k + 0.5, mean, sigma);
                    Assert.Equal(expected, ProbabilityTables.Mass(k, mean, sigma), (expected * 1e-6) + 1e-300);
                }
            }
        }
    }

    [Fact]
    public void TheTablesOfScales_CostHardlyMoreThanTheirGaussians()
    {
        for (int index = 0; index < 128; index += 5)
        {
            double sigma = ProbabilityTables.Sigma(index), ideal = 0, real = 0;
            int[] frequencies = ProbabilityTables.Scale(index);
            int half = (frequencies.Length - 2) / 2;
            for (int k = -half; k <= half; k++)
            {
                double mass = ProbabilityTables.Mass(k, 0, sigma);
                ideal -= mass * Math.Log2(mass);
                real += mass * (16 - Math.Log2(frequencies[k + half]));
            }

            Assert.InRange(real, ideal * 0.999, (ideal * 1.01) + 0.002);
        }
    }

    [Fact]
    public void ManySymbols_SetTheirFrequencies_FewHardlyMoveTheGaussian()
    {
        // Shares of 0.7, 2 x 0.1 and 2 x 0.05, which is far from any Gaussian.
        const int index = 32;
        int[] fitted = ProbabilityTables.Scale(index, [70_000_000, 20_000_000, 10_000_000]);
        int half = (fitted.Length - 2) / 2;
        foreach ((int magnitude, double share) in (ReadOnlySpan<(int, double)>)[(0, 0.7), (1, 0.1), (2, 0.05)])
        {
            Assert.Equal(share * CdfTable.Total, fitted[half + magnitude], 10.0);
            Assert.Equal(share * CdfTable.Total, fitted[half - magnitude], 10.0);
        }

        int[] gaussian = ProbabilityTables.Scale(index), hardly = ProbabilityTables.Scale(index, [7, 2, 1]);
        Assert.Equal(gaussian.Length, hardly.Length);
        Assert.All(gaussian.Zip(hardly), pair => Assert.Equal(pair.First, pair.Second, Math.Max(2.0, pair.First * 0.01)));
    }

    [Fact]
    public void ATableReachesAsFarAsSymbolsWereSeenOften()
    {
        // The Gaussian of scale 0 reaches to 1. Magnitude 3 earns 65 of 65536, 4 not a whole one.
        int[] frequencies = ProbabilityTables.Scale(0, [1_000_000, 0, 100, 2_000, 10]);
        CdfTable table = new(-3, frequencies);
        Assert.Equal(7, table.SymbolCount);
        Assert.Equal(65, table.Frequency(6), 1.0);
        Assert.Equal(1, table.Frequency(7));
    }

    [Fact]
    public void FittedTables_TakeNearlyTheEntropyOfTheirSymbols()
    {
        SymbolCounts counts = new(128);
        Random random = new(3);
        double[] shares = [0.6, 0.25, 0.08, 0.04, 0.02, 0.01];
        const int symbols = 400_000;
        for (int i = 0; i < symbols; i++)
        {
            double u = random.NextDouble();
            int magnitude = 0;
            for (; u > shares[magnitude] && magnitude < shares.Length - 1; magnitude++)
            {
                u -= shares[magnitude];
            }

            counts.Add(24, random.Next(2) == 0 ? magnitude : -magnitude);
        }

        double entropy = symbols * (shares.Sum(share => -share * Math.Log2(share)) + 0.4);
        CdfTable[] Tables(SymbolCounts seen) => [.. Enumerable.Range(0, 128).Select(i => ProbabilityTables.Scale(i, seen.Of(i))).Select(f => new CdfTable(-(f.Length - 2) / 2, f))];
        Assert.InRange(counts.Bits(Tables(counts)), entropy * 0.99, entropy * 1.01);
        Assert.True(counts.Bits(Tables(new SymbolCounts(128))) > entropy * 1.1);
    }

    [Fact]
    public void CountsAddUp_WhateverTheirWidths()
    {
        SymbolCounts one = new(2), other = new(2);
        one.Add(0, -2);
        one.Add(0, 0);
        other.Add(0, 5);
        other.Add(1, int.MaxValue);
        one.Add(other);
        Assert.Equal([1, 0, 1, 0, 0, 1], one.Of(0).ToArray());
        Assert.Equal(8193, one.Of(1).Length);
        Assert.Equal(1, one.Of(1)[^1]);

        // Scale 1 holds symbols to 1 here; 8192 is an escape: its own bits, five, and those of the distance 8191.
        CdfTable table = new(-1, [100, 65_000, 100, 336]);
        Assert.Equal(16 - Math.Log2(336) + 5 + 12, Only(1, 8192).Bits([table, table]), 9);
    }

    [Theory]
    [InlineData(0, 0.11)]
    [InlineData(-126.4, 3)]
    [InlineData(127, 0.11)]
    [InlineData(500, 1)]
    [InlineData(-500, 1)]
    [InlineData(0, 1000)]
    [InlineData(3.4, 20)]
    public void Priors_StayWithinTheHyperLatents(double mean, double sigma)
    {
        (int first, int[] frequencies) = ProbabilityTables.Prior(mean, sigma);
        CdfTable table = new(first, frequencies);
        Assert.InRange(first, -127, 127);
        Assert.InRange(first + table.SymbolCount - 1, first, 127);
    }

    private static SymbolCounts Only(int scale, int symbol)
    {
        SymbolCounts counts = new(2);
        counts.Add(scale, symbol);
        return counts;
    }

    private static double Integral(double from, double to, double mean, double sigma)
    {
        // Simpson's rule, fine against sigma.
        const int steps = 4000;
        double h = (to - from) / steps, sum = 0;
        for (int i = 0; i <= steps; i++)
        {
            double t = (from + (i * h) - mean) / sigma;
            sum += (i is 0 or steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-t * t / 2);
        }

        return sum * h / 3 / (sigma * Math.Sqrt(2 * Math.PI));
    }
}
