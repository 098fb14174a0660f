using System.Globalization;
using System.Text;
using VaeCodec.Metrics;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports.Html;

/// <summary>The results as one HTML file that needs nothing else: curves, BD-rates, speed, tables.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, ResultsDocument document, string baseline, string gallery)
        => File.WriteAllText(path, Render(document, baseline, gallery));

    /// <summary>The whole text.</summary>
    public static string Render(ResultsDocument document, string baseline, string gallery = "")
    {
        // This project's codec comes first, with the strongest line.
        CodecResult[] lossy = [.. document.Current.Where(codec => !codec.Lossless && codec.Results.Quality.Count > 0).OrderByDescending(codec => codec.Name.StartsWith("vae", StringComparison.Ordinal))];
        var html = new StringBuilder();
        html.AppendLine("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.AppendLine($"<title>Rate and distortion</title><style>{Resource("report.css")}</style></head><body>");
        AppendHead(html, document);
        if (lossy.Length > 0)
        {
            AppendCurves(html, lossy);
            AppendDeltas(html, document, baseline);
            AppendSpeed(html, document, lossy, baseline);
        }

        html.AppendLine(gallery);
        html.AppendLine("<h2>Means</h2>").AppendJoin('\n', document.Current.Select(HtmlTables.Means)).AppendLine();
        AppendFailures(html, document);
        return html.AppendLine($"<div id=\"tip\" role=\"status\"></div><script>{Resource("report.js")}</script></body></html>").ToString();
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void AppendHead(StringBuilder html, ResultsDocument document)
    {
        int pictures = document.Current.SelectMany(codec => codec.Pictures).Select(picture => picture.Hash).Distinct().Count();
        string date = document.Updated.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        html.AppendLine($"<h1>Rate and distortion of {document.Current.Count} codecs</h1><p class=\"soft\">{pictures} pictures, {date}. ");
        if (document.Machine is { } machine)
        {
            html.AppendLine(HtmlTables.Encode($"{machine.Processor}; {machine.ProcessorCount} processors; {machine.System}; {machine.Runtime}"));
        }

        html.AppendLine("</p><p>Every picture was encoded to a real file and decoded again. Points are means over the pictures; up and left is better. Point at a mark for its values.</p>");
    }

    private static void AppendCurves(StringBuilder html, CodecResult[] lossy)
    {
        html.AppendLine("<h2>Curves</h2>");
        AppendFigure(html, new SvgChart("PSNR (RGB) over bits per pixel", "bits per pixel", "PSNR (RGB), dB", true), Series(lossy, (means, i) => means.Psnr[i]));
        AppendFigure(html, new SvgChart("MS-SSIM over bits per pixel", "bits per pixel", "MS-SSIM, dB: -10 log(1 - x)", true), Series(lossy, (means, i) => Finite(StructuralSimilarity.ToDecibels(means.MsSsim[i]))));
    }

    private static void AppendDeltas(StringBuilder html, ResultsDocument document, string baseline)
    {
        html.AppendLine($"<h2>BD-rate against {HtmlTables.Encode(baseline)}</h2><p>How many more bits for the same quality, on average over the qualities that both reach; negative is fewer.</p>");
        html.AppendLine(HtmlTables.Baseline(document, baseline));
        html.AppendLine("<h2>BD-rate, everyone against everyone</h2><p>Mean curves over PSNR (RGB): the row's codec against the column's.</p>");
        html.AppendLine(HtmlTables.Matrix(document, entry => entry.Psnr));
        html.AppendLine("<p>Mean curves over MS-SSIM in dB.</p>").AppendLine(HtmlTables.Matrix(document, entry => entry.MsSsim));
    }

    private static void AppendSpeed(StringBuilder html, ResultsDocument document, CodecResult[] lossy, string baseline)
    {
        html.AppendLine($"<h2>Speed against BD-rate</h2><p>One thread. A codec's time is its mean over all qualities. Times of programs include the start of the process; vae is called as a library. Right and down is better; BD-rate over PSNR against {HtmlTables.Encode(baseline)}.</p>");
        AppendFigure(html, new SvgChart("Encoding speed and BD-rate", "encoding, megapixels per second", "BD-rate, %", false), Speeds(document, lossy, baseline, means => means.EncodeSeconds));
        AppendFigure(html, new SvgChart("Decoding speed and BD-rate", "decoding, megapixels per second", "BD-rate, %", false), Speeds(document, lossy, baseline, means => means.DecodeSeconds));
    }

    private static void AppendFigure(StringBuilder html, SvgChart chart, IReadOnlyList<ChartSeries> series)
    {
        if (series.Count > 0)
        {
            html.AppendLine($"<figure><figcaption>{HtmlTables.Encode(chart.Title)}</figcaption>{chart.Draw(series)}</figure>");
        }
    }

    private static void AppendFailures(StringBuilder html, ResultsDocument document)
    {
        if (document.Failures.Count == 0)
        {
            return;
        }

        html.AppendLine("<h2>Failures</h2><ul>");
        foreach (Failure failure in document.Failures)
        {
            html.AppendLine($"<li>{HtmlTables.Encode($"{failure.File} {failure.Codec} {failure.Quality}: {failure.Message}")}</li>");
        }

        html.AppendLine("</ul>");
    }

    private static ChartSeries[] Series(CodecResult[] codecs, Func<MeanCurve, int, double?> quality)
        => [.. codecs.Select((codec, style) => new ChartSeries(codec.Name, style % SvgChart.StyleCount, Points(codec, quality))).Where(series => series.Points.Count > 0)];

    private static List<(double X, double Y, string Text)> Points(CodecResult codec, Func<MeanCurve, int, double?> quality)
    {
        MeanCurve means = codec.Results;
        var points = new List<(double X, double Y, string Text)>();
        for (int i = 0; i < means.Quality.Count; i++)
        {
            if (quality(means, i) is { } value)
            {
                string text = $"{codec.Name}, quality {means.Quality[i]}\n{HtmlTables.Number(means.BitsPerPixel[i], "0.000")} bpp, {HtmlTables.Number(means.Psnr[i], "0.00")} dB\nMS-SSIM {HtmlTables.Number(means.MsSsim[i], "0.0000")}";
                points.Add((means.BitsPerPixel[i], value, text));
            }
        }

        points.Sort((left, right) => left.X.CompareTo(right.X));
        return points;
    }

    private static ChartSeries[] Speeds(ResultsDocument document, CodecResult[] codecs, string baseline, Func<MeanCurve, List<double>> seconds)
    {
        var series = new List<ChartSeries>();
        for (int style = 0; style < codecs.Length; style++)
        {
            CodecResult codec = codecs[style];
            double? rate = codec.Name == baseline ? 0 : document.Deltas.Find(entry => entry.Baseline == baseline && entry.Codec == codec.Name)?.Psnr;
            double megapixels = codec.Pictures.Average(picture => (double)picture.Width * picture.Height) / 1e6;
            double speed = megapixels / seconds(codec.Results).Average();
            if (rate is { } percent)
            {
                string text = $"{codec.Name}\n{HtmlTables.Number(speed, "0.00")} MP/s\nBD-rate {HtmlTables.Number(percent, "0.0")} %";
                series.Add(new ChartSeries(codec.Name, style % SvgChart.StyleCount, [(speed, percent, text)]));
            }
        }

        return [.. series];
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
