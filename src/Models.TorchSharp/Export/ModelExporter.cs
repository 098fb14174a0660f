using System.Globalization;
using VaeCodec.Bundling;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Reporting;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>Makes the model file of a training run, and its card.</summary>
public static class ModelExporter
{
    /// <summary>The share of rate that integers may cost: a model at or above it is refused.</summary>
    public const double MaxLoss = 0.005;

    /// <summary>The key of float weights' metadata that says how many steps they have seen.</summary>
    private const string StepsKey = "steps";

    /// <summary>Bundles weights, checks what the integers cost, measures the curve and writes the card into the file.</summary>
    /// <param name="request">What to make it of.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeModelException">The weights are not those of a standard network, or quantisation costs <see cref="MaxLoss"/> of the rate or more.</exception>
    /// <exception cref="VaeException">A picture cannot be used.</exception>
    public static async Task<ExportedModel> ExportAsync(ExportRequest request, CancellationToken cancellationToken = default)
        => await ExportAsync(request, StandardNetwork.Of(request.Weights), cancellationToken).ConfigureAwait(false);

    /// <summary>The same for weights of any network.</summary>
    /// <param name="request">What to make it of.</param>
    /// <param name="description">The networks that the weights are of.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeModelException">The weights do not fit the description, or quantisation costs <see cref="MaxLoss"/> of the rate or more.</exception>
    /// <exception cref="VaeException">A picture cannot be used.</exception>
    public static async Task<ExportedModel> ExportAsync(ExportRequest request, ModelDescription description, CancellationToken cancellationToken = default)
    {
        // Everything that can be refused without work is refused first.
        RunSummary summary = RunSummary.Of(request.Run, Steps(request.Weights));
        (byte[] bundle, RateReport report) = await ModelBundler.BundleAsync(request.Weights, description, request.Name, new Dictionary<string, string>(), request.Calibration, request.Fit, cancellationToken).ConfigureAwait(false);

        // Written so that a loss that is not a number is refused, too.
        if (!(report.Loss < MaxLoss))
        {
            throw new VaeModelException(
                VaeError.ModelInvalid,
                string.Create(CultureInfo.InvariantCulture, $"The integer scale network and tables cost {100 * report.Loss:F3} % of the rate over {report.Samples} samples; less than {100 * MaxLoss:0.0} % is allowed. No model was written. Calibrate with more pictures (a smaller --every), or train on: weights or activations of the scale network are too uneven for eight bits."));
        }

        VaeModel model = VaeModel.Load(bundle);
        IReadOnlyList<CurvePoint> curve = request.Curve is { Pictures.Count: > 0 } pictures
            ? await CurveMeasurement.RunAsync(model, pictures, request.Qualities, request.Threads, cancellationToken).ConfigureAwait(false)
            : [];
        ModelCard card = ModelCard.Make(model, description, summary, report, curve, request);
        byte[] file = WithCard(bundle, card);
        VaeModel final = VaeModel.Load(file);
        return final.Identity == model.Identity
            ? new ExportedModel(file, final, report, card, curve)
            : throw new VaeModelException(VaeError.ModelInvalid, "The model card changed the model's identity.");
    }

    /// <summary>Steps that averaged weights have seen.</summary>
    internal static int Steps(SafetensorsFile weights)
        => weights.Metadata.TryGetValue(StepsKey, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int steps)
            ? steps
            : throw new VaeModelException(VaeError.ModelInvalid, $"The float weights do not say how many steps they have seen (metadata \"{StepsKey}\"): they are not the averaged weights of a run.");

    private static byte[] WithCard(byte[] bundle, ModelCard card)
    {
        SafetensorsFile file = SafetensorsFile.Parse(bundle);
        foreach ((string key, string text) in card.Lines)
        {
            file.Metadata.TryAdd(key, text);
        }

        return file.ToArray();
    }
}
