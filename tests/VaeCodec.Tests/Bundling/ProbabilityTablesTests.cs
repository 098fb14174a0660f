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
