using VaeCodec.Models.Bundle;
using VaeCodec.Tiles;

namespace VaeCodec.Bundling;

/// <summary>Chooses the symbols of all calibration samples with a model's tables and counts them.</summary>
/// <param name="levels">The trained tables.</param>
/// <param name="samples">The samples.</param>
/// <param name="exact">For each sample log sigma without its bias, in nats, by the float network.</param>
/// <param name="quantised">The same by the integer network.</param>
/// <param name="weigh">Whether symbols are weighed by bits and error, or rounded.</param>
internal sealed class CalibrationRun(LevelTables levels, IReadOnlyList<CalibrationSample> samples, double[][] exact, double[][] quantised, bool weigh)
{
    /// <summary>Counts symbols.</summary>
    /// <param name="model">The model whose tables decide.</param>
    /// <returns>The symbols by the integer network's scales, and their bits under the float network's own Gaussians.</returns>
    public (SymbolCounts Symbols, double FloatBits) Run(Model model)
    {
        WeighedRounding rounding = new(model.Scales);
        SymbolCounts[] symbols = new SymbolCounts[samples.Count];
        double[] floatBits = new double[samples.Count];
        Parallel.For(0, samples.Count, i =>
        {
            symbols[i] = new SymbolCounts(model.Scales.Count);
            floatBits[i] = Run(model, rounding, i, symbols[i]);
        });

        // In order, so that the sums do not depend on which thread was first.
        SymbolCounts all = new(model.Scales.Count);
        foreach (SymbolCounts counts in symbols)
        {
            all.Add(counts);
        }

        return (all, floatBits.Sum());
    }

    private double Run(Model model, WeighedRounding rounding, int number, SymbolCounts symbols)
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
            int index = (int)Math.Clamp(Math.Round(quantised[number][k] * ProbabilityTables.StepsPerNat) + offsets[channel], 0, model.Scales.Count - 1);
            int symbol = (int)(weigh ? rounding.Round(sample.Residuals[k], index) : MathF.Round(sample.Residuals[k]));
            symbols.Add(index, symbol);
            double sigma = Math.Max(ProbabilityTables.MinSigma, Math.Exp(exact[number][k] + biases[channel]));
            floatBits -= Math.Log2(Math.Max(ProbabilityTables.Mass(symbol, 0, sigma), 1e-9));
        }

        return floatBits;
    }
}
