using System.Globalization;
using VaeCodec.Models.Description;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Objectives;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>Makes the model file of a run that trained a VAE with a Gaussian posterior: latents by use, weights as 16-bit floats, card.</summary>
public static class GaussianExporter
{
    /// <summary>PSNR in dB that 16-bit weights may cost: a model at or above it is refused.</summary>
    public const double MaxLoss = 0.02;

    /// <summary>Whether weights are of such a run.</summary>
    /// <param name="weights">Averaged weights of a run.</param>
    public static bool Takes(SafetensorsFile weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights.Metadata.ContainsKey(GaussianVae.DescriptionKey);
    }

    /// <summary>Makes the model.</summary>
    /// <param name="weights">Averaged weights of a run.</param>
    /// <param name="run">Its log.</param>
    /// <param name="heldOut">Pictures that it was not trained on; their middles are measured.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="further">Further lines of the card, or some in place of lines made here.</param>
    /// <exception cref="VaeModelException">The weights do not fit their description, or 16 bits cost <see cref="MaxLoss"/> dB or more.</exception>
    public static GaussianExport Export(SafetensorsFile weights, RunHistory run, PictureSet heldOut, string name, IReadOnlyDictionary<string, string> further)
    {
        try
        {
            return Make(weights, run, heldOut, name, further);
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, exception.Message, exception);
        }
    }

    private static GaussianExport Make(SafetensorsFile weights, RunHistory run, PictureSet heldOut, string name, IReadOnlyDictionary<string, string> further)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(further);
        GaussianVaeDescription description = GaussianVaeDescription.Read(weights.Metadata[GaussianVae.DescriptionKey]);
        PictureSet middles = GaussianObjective.Middles(heldOut, description);
        int[] asTrained = [.. Enumerable.Range(0, description.Latents)];
        GaussianMeasures whole = Measure(Bundle(weights, description, name, asTrained, null), middles);
        GaussianMeasures measures = Measure(Bundle(weights, description, name, asTrained, whole), middles);
        if (!(whole.Psnr - measures.Psnr < MaxLoss))
        {
            throw new VaeModelException(VaeError.ModelInvalid, string.Create(CultureInfo.InvariantCulture, $"16-bit weights cost {whole.Psnr - measures.Psnr:0.000} dB over {measures.Pictures} pictures; less than {MaxLoss} is allowed. No model was written."));
        }

        int[] order = [.. asTrained.OrderByDescending(latent => measures.Divergences[latent])];
        RunSummary summary = RunSummary.Of(run, ModelExporter.Steps(weights));
        double beta = summary.Described?.OptionNumber(nameof(TrainingOptions.Beta)) ?? 1;
        SafetensorsFile file = Bundle(weights, description, name, order, measures with { Deviation = measures.Deviation * Math.Sqrt(beta) });
        string identity;
        using (GaussianVae model = GaussianVae.Read(file))
        {
            identity = model.Identity;
        }

        ModelCard card = ModelCard.Of(name, identity, Lines(description, summary, measures, whole, heldOut.Folder), further);
        foreach ((string key, string text) in card.Lines)
        {
            file.Metadata.TryAdd(key, text);
        }

        return new GaussianExport(file.ToArray(), identity, measures, card);
    }

    private static GaussianMeasures Measure(SafetensorsFile file, PictureSet pictures)
    {
        using GaussianVae model = GaussianVae.Read(file);
        return GaussianMeasures.Of(model, pictures);
    }

    /// <summary>The file of a model.</summary>
    /// <param name="weights">Float weights.</param>
    /// <param name="description">The networks.</param>
    /// <param name="name">Its name.</param>
    /// <param name="order">The latents in their new order.</param>
    /// <param name="measures">What stands in the file, and 16-bit weights; null for 32-bit ones and no measures yet.</param>
    private static SafetensorsFile Bundle(SafetensorsFile weights, GaussianVaeDescription description, string name, int[] order, GaussianMeasures? measures)
    {
        SafetensorsFile file = new();
        file.Metadata[GaussianVae.FormatKey] = GaussianVae.FormatName;
        file.Metadata[GaussianVae.NameKey] = name;
        file.Metadata[GaussianVae.DescriptionKey] = description.Write();
        string posterior = description.Encoder.LayerName(description.Encoder.Layers.Count - 1), code = $"{description.Decoder.LayerName(0)}.weight";
        int[] both = [.. order, .. order.Select(latent => latent + description.Latents)];
        foreach ((string tensor, int[] shape) in description.Networks.SelectMany(network => network.Tensors()))
        {
            float[] values = weights.Tensors.TryGetValue(tensor, out Tensor? stored) && stored.Shape.SequenceEqual(shape)
                ? stored.ToFloats()
                : throw new ModelFileException($"The weights have no tensor \"{tensor}\" of [{string.Join(", ", shape)}].");
            values = tensor == code ? Reorder(values, shape[0], order) : tensor.StartsWith($"{posterior}.", StringComparison.Ordinal) ? Reorder(values, 1, both) : values;
            file.Tensors[tensor] = measures is null ? Tensor.FromFloats(shape, values) : Tensor.FromFloatsAsHalf(shape, values);
        }

        float[] divergences = measures is null ? new float[description.Latents] : [.. measures.Divergences.OrderDescending().Select(value => (float)value)];
        file.Tensors[GaussianVae.DivergencesTensor] = Tensor.FromFloats([description.Latents], divergences);
        file.Tensors[GaussianVae.DeviationTensor] = Tensor.FromFloats([1], [(float)Math.Clamp(measures?.Deviation ?? 1, GaussianVae.SmallestDeviation, 1)]);
        return file;
    }

    /// <summary>Values whose second dimension is in a new order.</summary>
    private static float[] Reorder(float[] values, int rows, int[] order)
    {
        int each = values.Length / rows / order.Length;
        float[] result = new float[values.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < order.Length; i++)
            {
                values.AsSpan(((row * order.Length) + order[i]) * each, each).CopyTo(result.AsSpan(((row * order.Length) + i) * each));
            }
        }

        return result;
    }

    private static List<KeyValuePair<string, string>> Lines(GaussianVaeDescription description, RunSummary summary, GaussianMeasures measures, GaussianMeasures whole, string folder)
    {
        double weights = description.Networks.SelectMany(network => network.Tensors()).Sum(tensor => tensor.Shape.Aggregate(1.0, (product, size) => product * size));
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        return
        [
            new("network", Text($"VAE of {description.Side} x {description.Side} pictures with a Gaussian posterior over {description.Latents} latents, standard Gaussian prior; {weights / 1e6:F1} million weights")),
            new("objective", Text($"evidence lower bound with beta {summary.Described?.OptionText(nameof(TrainingOptions.Beta))}, the variance of the pixels being their squared error in the batch")),
            new("data", $"{TrainingFacts.Data(summary)}, made smaller to shorter sides of {string.Join(", ", GaussianObjective.TrainingSides(description))} pixels: the number counts each size"),
            new("training", TrainingFacts.Training(summary)),
            new("optimiser", TrainingFacts.Optimiser(summary)),
            new("hardware", TrainingFacts.Hardware(summary)),
            new("time", TrainingFacts.Time(summary)),
            new("measured on", Text($"the middles of {measures.Pictures} pictures of the folder \"{folder}\", which it was not trained on")),
            new("reconstruction", Text($"PSNR {measures.Psnr:F2} dB from the posterior's mean; 16-bit weights cost {whole.Psnr - measures.Psnr:F4} dB")),
            new("divergence", Text($"{measures.Divergences.Sum():F1} nats a picture, {measures.Divergences.Sum() / Math.Log(2) / (description.Side * description.Side):F4} bits per pixel")),
            new("sparsity", Text($"{measures.Active} of {description.Latents} latents are active (their mean varies by more than {GaussianMeasures.ActiveVariance}); {100 * measures.SilentShare:F0} % of a picture's latents say less than {GaussianMeasures.Silent} nats of it; {measures.HoldingMost:F0} hold nine tenths of its divergence")),
        ];
    }
}
