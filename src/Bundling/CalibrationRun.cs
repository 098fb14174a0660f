using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec.Bundling;

/// <summary>Chooses the symbols of all calibration samples with tables of scales and counts them.</summary>
/// <param name="model">The model, whose own scale network and tables do not matter yet.</param>
/// <param name="levels">The trained tables.</param>
/// <param name="samples">The samples.</param>
/// <param name="exact">For each sample log sigma without its bias, in nats, by the float network.</param>
/// <param name="quantised">The same by the integer network.</param>
/// <param name="weigh">Whether symbols are weighed by bits and error, or rounded.</param>
internal sealed class CalibrationRun(Model model, LevelTables levels, IReadOnlyList<CalibrationSample> samples, double[][] exact, double[][] quantised, bool weigh)
{
    /// <summary>Counts symbols.</summary>
    /// <param name="scales">The tables that decide.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The symbols by the integer network's scales, and their bits under the float network's own Gaussians.</returns>
    public (SymbolCounts Symbols, double FloatBits) Run(IReadOnlyList<CdfTable> scales, CancellationToken cancellationToken)
    {
        WeighedRounding rounding = new(scales);
        SymbolCounts[] symbols = new SymbolCounts[samples.Count];
        double[] floatBits = new double[samples.Count];
        Parallel.For(0, samples.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            symbols[i] = new SymbolCounts(scales.Count);
            floatBits[i] = Run(scales.Count, rounding, i, symbols[i]);
        });

        // In order, so that the sums do not depend on which thread was first.
        SymbolCounts all = new(scales.Count);
        foreach (SymbolCounts counts in symbols)
        {
            all.Add(counts);
        }

        return (all, floatBits.Sum());
    }

    private double Run(int scaleCount, WeighedRounding rounding, int number, SymbolCounts symbols)
    {
        CalibrationSample sample = samples[number];
        ReadOnlySpan<short> offsets = model.ScaleOffset(sample.Quality);
        double[] biases = new double[offsets.Length];
        for (int c = 0; c < biases.Length; c++)
        {
            biases[c] = levels.At("hyper_scale.bias", sample.Quality, c);
        }

        double floatBits = 0;
        for (int k = 0; k < sample.Residuals.Length; k++)
        {
            int channel = k % offsets.Length;
            int index = (int)Math.Clamp(Math.Round(quantised[number][k] * ProbabilityTables.StepsPerNat) + offsets[channel], 0, scaleCount - 1);

            // Diverged weights may have residuals that no integer holds; beyond the widest table all count alike.
            float rounded = weigh ? rounding.Round(sample.Residuals[k], index) : MathF.Round(sample.Residuals[k]);
            int symbol = (int)Math.Clamp(rounded, -ModelLimits.MaxTableSymbol - 1, ModelLimits.MaxTableSymbol + 1);
            symbols.Add(index, symbol);
            double sigma = Math.Max(ProbabilityTables.MinSigma, Math.Exp(exact[number][k] + biases[channel]));
            floatBits -= Math.Log2(Math.Max(ProbabilityTables.Mass(symbol, 0, sigma), 1e-9));
        }

        return floatBits;
    }
}
