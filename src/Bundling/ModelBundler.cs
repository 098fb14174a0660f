using VaeCodec.Models;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Tiles;

namespace VaeCodec.Bundling;

/// <summary>Makes a model file from trained float weights.</summary>
public static class ModelBundler
{
    /// <summary>Bundles a model: tables for every quality, weights as 16-bit floats, the scale network in integers, probabilities.</summary>
    /// <param name="weights">Float weights with the names of the description's networks, and for each level the tables gain.log, gain.log_inverse, hyper_scale.bias, hyper_mean.gain, z_prior.mean and z_prior.log_scale.</param>
    /// <param name="description">The networks.</param>
    /// <param name="name">The model's name, 1 to 64 printable ASCII characters.</param>
    /// <param name="metadata">Texts to keep in the file: data, steps, hardware, curve.</param>
    /// <param name="pictures">Pictures to calibrate with; each is read once. Some dozens will do.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The model file, and what the quantisation costs.</returns>
    /// <exception cref="VaeModelException">The weights do not fit the description.</exception>
    public static async Task<(byte[] File, RateReport Report)> BundleAsync(
        SafetensorsFile weights,
        ModelDescription description,
        string name,
        IReadOnlyDictionary<string, string> metadata,
        IAsyncEnumerable<IRowSource> pictures,
        CancellationToken cancellationToken = default)
    {
        try
        {
            description.Validate();
            LevelTables levels = new(weights, description);

            // z and q do not depend on the scale network, so samples can be taken with an empty one.
            VaeModel provisional = VaeModel.Load(ModelAssembly.Assemble(weights, description, levels, Empty(description.HyperScale), name, metadata).ToArray());
            List<CalibrationSample> samples = [];
            await foreach (IRowSource picture in pictures.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await CalibrationSampler.SampleAsync(provisional, picture, samples, cancellationToken).ConfigureAwait(false);
            }

            if (samples.Count == 0)
            {
                throw new VaeModelException(VaeError.ModelInvalid, "No picture was given to calibrate the scale network with.");
            }

            (List<IntegerConvolution> network, double[][] exact, double[][] quantised) = ScaleNetworkQuantiser.Quantise(description, weights, samples);
            byte[] file = ModelAssembly.Assemble(weights, description, levels, network, name, metadata).ToArray();
            return (file, Measure(ModelReader.Read(file), levels, samples, exact, quantised));
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"The weights cannot be bundled: {exception.Message}", exception);
        }
    }

    private static List<IntegerConvolution> Empty(NetworkDescription network)
        => [.. network.Layers.OfType<Convolution>().Select(c => new IntegerConvolution(c.Inputs, c.Outputs, c.Kernel, new sbyte[c.Inputs * c.Outputs * c.Kernel * c.Kernel], new int[c.Outputs], new byte[c.Outputs]))];

    private static RateReport Measure(Model model, LevelTables levels, List<CalibrationSample> samples, double[][] exact, double[][] quantised)
    {
        double floatBits = 0, integerBits = 0;
        WeighedRounding rounding = new(model.Scales);
        Lock gate = new();
        Parallel.For(0, samples.Count, i =>
        {
            CalibrationSample sample = samples[i];
            ReadOnlySpan<short> offsets = model.ScaleOffset(sample.Quality);
            double[] biases = new double[offsets.Length];
            for (int c = 0; c < biases.Length; c++)
            {
                biases[c] = levels.At("hyper_scale.bias", sample.Quality, c);
            }

            double sumFloat = 0, sumInteger = 0;
            for (int k = 0; k < sample.Residuals.Length; k++)
            {
                int channel = k % offsets.Length;
                int index = (int)Math.Clamp(Math.Round(quantised[i][k] * ProbabilityTables.StepsPerNat) + offsets[channel], 0, model.Scales.Count - 1);
                int symbol = (int)rounding.Round(sample.Residuals[k], index);
                double sigma = Math.Max(ProbabilityTables.MinSigma, Math.Exp(exact[i][k] + biases[channel]));
                sumFloat -= Math.Log2(Math.Max(ProbabilityTables.Mass(symbol, 0, sigma), 1e-9));
                sumInteger += Bits(model.Scales[index], symbol);
            }

            lock (gate)
            {
                floatBits += sumFloat;
                integerBits += sumInteger;
            }
        });
        return new RateReport(samples.Count, floatBits, integerBits);
    }

    private static double Bits(CdfTable table, int symbol)
    {
        int entry = symbol - table.First;
        if ((uint)entry < (uint)table.SymbolCount)
        {
            return CdfTable.Bits - Math.Log2(table.Frequency(entry));
        }

        int distance = entry < 0 ? -entry : entry - table.SymbolCount + 1;
        return CdfTable.Bits - Math.Log2(table.Frequency(table.SymbolCount)) + 5 + Math.Floor(Math.Log2(distance));
    }
}
