using VaeCodec.Models;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Bundling;

/// <summary>Makes a model file from trained float weights.</summary>
public static class ModelBundler
{
    /// <summary>Bundles a model: tables for every quality, weights as 16-bit floats, the scale network in integers, probabilities fitted to the symbols of the calibration pictures.</summary>
    /// <param name="weights">Float weights with the names of the description's networks, and for each level the tables gain.log, gain.log_inverse, hyper_scale.bias, hyper_mean.gain, z_prior.mean and z_prior.log_scale.</param>
    /// <param name="description">The networks.</param>
    /// <param name="name">The model's name, 1 to 64 printable ASCII characters.</param>
    /// <param name="metadata">Texts to keep in the file: data, steps, hardware, curve.</param>
    /// <param name="pictures">Pictures to calibrate with, of 8 bits a sample and without alpha; each is read once (<see cref="Calibrates"/> tells). Some dozens will do.</param>
    /// <param name="fit">What the probability tables of the latents follow.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The model file, and what the quantisation costs.</returns>
    /// <exception cref="VaeModelException">The weights do not fit the description, or hold a value that is not finite.</exception>
    /// <exception cref="VaeUnsupportedException">A picture has alpha, or more than 8 bits a sample.</exception>
    public static async Task<(byte[] File, RateReport Report)> BundleAsync(
        SafetensorsFile weights,
        ModelDescription description,
        string name,
        IReadOnlyDictionary<string, string> metadata,
        IAsyncEnumerable<IRowSource> pictures,
        TableFit fit = TableFit.Weighed,
        CancellationToken cancellationToken = default)
    {
        try
        {
            description.Validate();
            LevelTables levels = new(weights, description);

            // z and q do not depend on the scale network, so samples can be taken with an empty one.
            SymbolCounts none = new(description.Scales);
            VaeModel provisional = VaeModel.Load(ModelAssembly.Assemble(weights, description, levels, Empty(description.HyperScale), none, name, metadata).ToArray());
            List<CalibrationSample> samples = [];
            await foreach (IRowSource picture in pictures.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await CalibrationSampler.SampleAsync(provisional, picture, samples, cancellationToken).ConfigureAwait(false);
            }

            if (samples.Count == 0)
            {
                throw new VaeModelException(VaeError.ModelInvalid, "No picture of 8 bits a sample and without alpha was given to calibrate the scale network with.");
            }

            (List<IntegerConvolution> network, double[][] exact, double[][] quantised) = ScaleNetworkQuantiser.Quantise(description, weights, samples, cancellationToken);
            CalibrationRun calibration = new(provisional.Networks, levels, samples, exact, quantised, fit != TableFit.Rounded);
            CdfTable[] gaussian = ProbabilityTables.Scales(description.Scales, none);
            (SymbolCounts symbols, double floatBits) = calibration.Run(gaussian, cancellationToken);

            // Twice: the choice of symbols looks at the tables.
            SymbolCounts followed = fit == TableFit.None ? none : calibration.Run(ProbabilityTables.Scales(description.Scales, symbols), cancellationToken).Symbols;
            byte[] file = ModelAssembly.Assemble(weights, description, levels, network, followed, name, metadata).ToArray();
            return (file, new RateReport(samples.Count, floatBits, symbols.Bits(gaussian), symbols.Bits(ModelReader.Read(file).Scales)));
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, $"The weights cannot be bundled: {exception.Message}", exception);
        }
    }

    /// <summary>Whether models are calibrated with such pictures: of 8 bits a sample and without alpha.</summary>
    /// <param name="picture">What a picture is.</param>
    public static bool Calibrates(PictureDescription picture) => picture.Layout is PixelLayout.Gray8 or PixelLayout.Rgb24;

    private static List<IntegerConvolution> Empty(NetworkDescription network)
        => [.. network.Layers.OfType<Convolution>().Select(c => new IntegerConvolution(c.Inputs, c.Outputs, c.Kernel, new sbyte[c.Inputs * c.Outputs * c.Kernel * c.Kernel], new int[c.Outputs], new byte[c.Outputs]))];
}
