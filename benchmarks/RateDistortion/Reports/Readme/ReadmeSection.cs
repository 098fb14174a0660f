using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports.Readme;

/// <summary>The results as Markdown for a readme: the curve of vae, BD-rates against the baseline, rates without loss, what it was measured with and how.</summary>
internal static partial class ReadmeSection
{
    private const string Vae = "vae";

    /// <summary>The lines between the markers.</summary>
    /// <exception cref="BenchUsageException">There are no results of vae.</exception>
    public static string Render(Comparison comparison, BenchRequest request)
    {
        CodecResult vae = comparison.Lossy.FirstOrDefault(codec => codec.Name == Vae)
            ?? throw new BenchUsageException($"The results have no curve of {Vae} to show (--readme): measure it with --codecs {Vae}.");
        var text = new StringBuilder();
        text.AppendLine($"Real files, {Pictures(vae)}, means; {comparison.Document.Updated.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}:").AppendLine();
        AppendCurve(text, vae);
        if (request.Svg is { } svg)
        {
            text.AppendLine($"![PSNR over bits per pixel: {string.Join(", ", comparison.Names.Except(comparison.OfOtherPictures))}]({Link(request.Readme!, svg)})").AppendLine();
        }

        AppendDeltas(text, comparison);
        AppendLossless(text, comparison);
        if (comparison.OtherPicturesNote is { } others)
        {
            text.AppendLine(Escape(others)).AppendLine();
        }

        if (comparison.Document.Machine is { } machine)
        {
            text.AppendLine($"{Escape(machine.Processor)}; {machine.ProcessorCount} processors; {Escape(machine.System)}; {Escape(machine.Runtime)}.").AppendLine();
        }

        AppendCommands(text, request, vae);
        return text.ToString();
    }

    private static void AppendCurve(StringBuilder text, CodecResult vae)
    {
        MeanCurve means = vae.Results;
        text.Append("| quality |").AppendJoin("|", means.Quality.Select(quality => string.Create(CultureInfo.InvariantCulture, $" {quality} "))).AppendLine("|");
        text.Append("|---|").AppendJoin(string.Empty, means.Quality.Select(_ => "---|")).AppendLine();
        text.Append("| bits per pixel |").AppendJoin("|", means.BitsPerPixel.Select(rate => $" {Number(rate, "0.000")} ")).AppendLine("|");
        text.Append("| PSNR (RGB), dB |").AppendJoin("|", means.Psnr.Select(psnr => $" {Number(psnr, "0.00")} ")).AppendLine("|").AppendLine();
    }

    private static void AppendDeltas(StringBuilder text, Comparison comparison)
    {
        // A codec that cannot be compared (other pictures, no common quality) would be a row of dashes.
        BdEntry[] entries = [.. comparison.AgainstBaseline.Where(entry => entry.Psnr is not null || entry.MsSsim is not null).OrderBy(entry => entry.Psnr ?? double.MaxValue)];
        if (entries.Length == 0)
        {
            return;
        }

        text.AppendLine($"Rate at equal quality (BD-rate of the mean curves; negative is fewer bits) against `{comparison.Baseline}`, {What(comparison, comparison.Baseline)}:").AppendLine();
        text.AppendLine("| codec | PSNR | MS-SSIM | over | what |").AppendLine("|---|---|---|---|---|");
        foreach (BdEntry entry in entries)
        {
            text.AppendLine($"| {Escape(entry.Codec)} | {Percent(entry.Psnr)} | {Percent(entry.MsSsim)} | {Number(entry.PsnrFrom, "0.0")} to {Number(entry.PsnrTo, "0.0")} dB | {What(comparison, entry.Codec)} |");
        }

        text.AppendLine();
    }

    private static void AppendLossless(StringBuilder text, Comparison comparison)
    {
        if (comparison.Lossless.Count == 0)
        {
            return;
        }

        text.AppendLine("Without loss, means of the same pictures:").AppendLine().AppendLine("| codec | bits per pixel | what |").AppendLine("|---|---|---|");
        foreach (CodecResult codec in comparison.Lossless.OrderBy(codec => codec.Results.BitsPerPixel[0]))
        {
            text.AppendLine($"| {Escape(codec.Name)} | {Number(codec.Results.BitsPerPixel[0], "0.00")} | {What(comparison, codec.Name)} |");
        }

        text.AppendLine();
    }

    private static void AppendCommands(StringBuilder text, BenchRequest request, CodecResult vae)
    {
        string json = Shown(request.Readme!, request.Json ?? "results.json");
        string baseline = request.Baseline == BenchRequest.UsualBaseline ? string.Empty : $" --baseline {request.Baseline}";
        string svg = request.Svg is { } chart ? $" --svg {Shown(request.Readme!, chart)}" : string.Empty;
        string overlay = request.OverlayFile is { } file ? $" --overlay {string.Join(',', request.Overlays)} --overlay-file {Shown(request.Readme!, file)}" : string.Empty;
        string model = vae.Version.Contains(VaeModel.Standard.Identity, StringComparison.Ordinal) ? string.Empty : " --model FILE";
        text.AppendLine("```").AppendLine($"vaecodec bench DIR --json {json}{model}");
        text.AppendLine($"vaecodec bench --report-only --json {json}{baseline}{overlay}{svg} --readme {Path.GetFileName(request.Readme)}").AppendLine("```");
    }

    private static string Pictures(CodecResult codec)
    {
        string[] names = [.. codec.Pictures.Select(picture => picture.File).Order(StringComparer.Ordinal)];
        return names.Length == 1 ? $"one picture ({Escape(names[0])})" : $"{names.Length} pictures ({Escape(names[0])} to {Escape(names[^1])})";
    }

    private static string What(Comparison comparison, string name)
    {
        if (comparison.Published.FirstOrDefault(curve => curve.ShownName == name) is { } published)
        {
            return $"not measured here: {Escape(published.Source)}";
        }

        CodecResult? codec = comparison.Document.Current.FirstOrDefault(codec => codec.Name == name);
        return codec is null ? "not measured" : Escape($"{codec.Description}; {Version(codec)}");
    }

    /// <summary>The version without what only tells the measurements of one build from those of another.</summary>
    private static string Version(CodecResult codec) => Builds().Replace(LongIdentity().Replace(codec.Version, "$1"), string.Empty);

    /// <summary>A path as it is shown: from the readme's folder, and of files elsewhere only the name, for the reader has no such folders.</summary>
    private static string Shown(string readme, string path)
    {
        string relative = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(readme))!, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? Path.GetFileName(path) : relative.Replace('\\', '/');
    }

    private static string Link(string readme, string path)
    {
        string relative = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(readme))!, path).Replace('\\', '/');
        return string.Join('/', relative.Split('/').Select(Uri.EscapeDataString));
    }

    private static string Percent(double? value) => value is { } percent ? $"{Number(percent, "+0.0;-0.0")} %" : "–";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Text that neither ends a cell nor begins a tag.</summary>
    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");

    [GeneratedRegex(" build [0-9a-f]{8}(-[0-9a-f]{8})*")]
    private static partial Regex Builds();

    [GeneratedRegex("([0-9a-f]{8})[0-9a-f]{24,}")]
    private static partial Regex LongIdentity();
}
