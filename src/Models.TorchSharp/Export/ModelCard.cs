using System.Globalization;
using System.Text;
using VaeCodec.Bundling;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Reporting;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>What there is to say about a model: lines for its file's metadata, and a page.</summary>
public sealed class ModelCard
{
    private const string CurveKey = "curve";

    private readonly string _name;
    private readonly string _identity;
    private readonly IReadOnlyList<CurvePoint> _curve;

    private readonly string _curveCaption;

    private ModelCard(string name, string identity, IReadOnlyList<KeyValuePair<string, string>> lines, IReadOnlyList<CurvePoint> curve, string curveCaption)
    {
        _curveCaption = curveCaption;
        _name = name;
        _identity = identity;
        Lines = lines;
        _curve = curve;
    }

    /// <summary>Keys and texts, in their order on the page. The identity is not among them: a file has it from its tensors.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lines { get; }

    /// <summary>The card as a Markdown page.</summary>
    /// <param name="fileName">Name of the model file, without its path.</param>
    /// <param name="fileBytes">Its size.</param>
    public string ToMarkdown(string fileName, long fileBytes)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# Model card: {_name}\n\n| | |\n|---|---|\n| identity | {_identity} |\n");
        page.Append(CultureInfo.InvariantCulture, $"| file | {Cell(fileName)}, {fileBytes / 1e6:F1} MB, weights as 16-bit floats |\n");
        foreach ((string key, string text) in Lines)
        {
            if (key != CurveKey || _curve.Count == 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {Cell(key)} | {Cell(text)} |\n");
            }
        }

        if (_curve.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## Curve\n\n{_curveCaption}\n\n| quality | bits per pixel | PSNR (RGB) |\n|---|---|---|\n");
            foreach (CurvePoint point in _curve)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {point.Quality} | {point.BitsPerPixel:F4} | {point.Psnr:F2} dB |\n");
            }
        }

        return page.ToString();
    }

    internal static ModelCard Make(VaeModel model, ModelDescription description, RunSummary summary, RateReport report, IReadOnlyList<CurvePoint> curve, ExportRequest request)
    {
        (double encoder, double decoder) = model.MultiplyAddsPerPixel;
        int levels = request.Weights.Tensors.TryGetValue("gain.log", out Tensor? gain) ? gain.Shape[0] : 0;
        RunPart? part = summary.Described;
        string lambdas = part?.OptionText("LowestLambda") is { } lowest ? $" (lambda {lowest} to {part.OptionText("HighestLambda")})" : string.Empty;
        List<KeyValuePair<string, string>> lines = [];
        void Add(string key, string text) => lines.Add(new(key, request.Card.GetValueOrDefault(key, text)));

        Add("network", Text($"scale-and-mean hyperprior with a split hyper-decoder, KLT-initialised linear path, one checkerboard context pass; {description.LatentChannels} latent channels at 1/{ModelDescription.LatentStride}"));
        Add("multiply-adds", Text($"{decoder / 1000:F1} thousand a pixel to decode, counted densely; {encoder / 1000:F1} thousand for the encoder's own parts"));
        Add("rates", Text($"quality 1 to {ModelDescription.Qualities} on one network; {levels} trained levels{lambdas}, tables interpolated between them"));
        Add("data", TrainingFacts.Data(summary));
        Add("training", TrainingFacts.Training(summary));
        Add("optimiser", TrainingFacts.Optimiser(summary));
        Add("hardware", TrainingFacts.Hardware(summary));
        Add("time", TrainingFacts.Time(summary));
        Add("quantisation", Text($"integer scale network and tables cost {100 * report.Loss:F3} % of rate over {report.Samples} calibration samples, probability tables fitted to symbols save {100 * report.Saved:F3} %"));
        string caption = string.Empty;
        if (curve.Count > 0)
        {
            caption = Text($"Means over {request.Curve!.Pictures.Count} pictures of the folder \"{request.Curve.Folder}\"; files of the encoder, PSNR of 8-bit RGB.");
            string points = string.Join("; ", curve.Select(point => Text($"quality {point.Quality}: {point.BitsPerPixel:F4} bpp, {point.Psnr:F2} dB")));
            Add(CurveKey, $"{points}. {caption}");
        }

        return new ModelCard(model.Name, model.Identity, WithFurther(lines, request.Card), curve, caption);
    }

    /// <summary>A card without a curve.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="lines">What is known.</param>
    /// <param name="further">Further lines, and some in place of those.</param>
    internal static ModelCard Of(string name, string identity, IEnumerable<KeyValuePair<string, string>> lines, IReadOnlyDictionary<string, string> further)
        => new(name, identity, WithFurther([.. lines.Select(line => new KeyValuePair<string, string>(line.Key, further.GetValueOrDefault(line.Key, line.Value)))], further), [], string.Empty);

    private static List<KeyValuePair<string, string>> WithFurther(List<KeyValuePair<string, string>> lines, IReadOnlyDictionary<string, string> further)
        => [.. lines, .. further.Where(line => !lines.Exists(made => made.Key == line.Key))];

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
