using System.Globalization;
using System.Text;
using VaeCodec.RateDistortion.Reports.Charts;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports.Html;

/// <summary>The results as one HTML file that needs nothing else: curves, BD-rates, speed, tables.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the file.</summary>
    public static void Write(string path, Comparison comparison, string gallery) => WholeFile.Write(path, Render(comparison, gallery));

    /// <summary>The whole text.</summary>
    public static string Render(Comparison comparison, string gallery = "")
    {
        ResultsDocument document = comparison.Document;
        var html = new StringBuilder();
        html.AppendLine("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.AppendLine($"<title>Rate and distortion</title><style>{Resource.Read("chart.css")}{Resource.Read("report.css")}</style></head><body>");
        AppendHead(html, document);
        if (comparison.Lossy.Count > 0)
        {
            AppendCurves(html, comparison);
            AppendDeltas(html, comparison);
            AppendSpeed(html, comparison);
        }

        html.AppendLine(gallery);
        html.AppendLine("<h2>Means</h2>").AppendJoin('\n', document.Current.Select(HtmlTables.Means)).AppendLine();
        AppendFailures(html, document);
        return html.AppendLine($"<div id=\"tip\" role=\"status\"></div><script>{Resource.Read("report.js")}</script></body></html>").ToString();
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

    private static void AppendCurves(StringBuilder html, Comparison comparison)
    {
        html.AppendLine("<h2>Curves</h2>");
        if (comparison.Published.Count > 0)
        {
            html.AppendLine("<p>Dashed lines were published, not measured here; they can be compared only where they are of the same pictures.</p><ul class=\"soft\">");
            html.AppendJoin('\n', comparison.Published.Select(curve => $"<li>{HtmlTables.Encode($"{curve.ShownName}: {curve.Source}")}</li>")).AppendLine("</ul>");
        }

        if (comparison.OtherPicturesNote is { } others)
        {
            html.AppendLine($"<p>{HtmlTables.Encode(others)}</p>");
        }

        AppendFigure(html, RateChart.Psnr, RateChart.PsnrSeries(comparison));
        AppendFigure(html, RateChart.MsSsim, RateChart.MsSsimSeries(comparison));
    }

    private static void AppendDeltas(StringBuilder html, Comparison comparison)
    {
        html.AppendLine($"<h2>BD-rate against {HtmlTables.Encode(comparison.Baseline)}</h2><p>How many more bits for the same quality, on average over the qualities that both reach; negative is fewer.</p>");
        html.AppendLine(HtmlTables.Baseline(comparison));
        html.AppendLine("<h2>BD-rate, everyone against everyone</h2><p>Mean curves over PSNR (RGB): the row's codec against the column's.</p>");
        html.AppendLine(HtmlTables.Matrix(comparison, entry => entry.Psnr));
        html.AppendLine("<p>Mean curves over MS-SSIM in dB.</p>").AppendLine(HtmlTables.Matrix(comparison, entry => entry.MsSsim));
    }

    private static void AppendSpeed(StringBuilder html, Comparison comparison)
    {
        html.AppendLine($"<h2>Speed against BD-rate</h2><p>One thread. A codec's time is its mean over all qualities. Times of programs include the start of the process; vae is called as a library. Right and down is better; BD-rate over PSNR against {HtmlTables.Encode(comparison.Baseline)}.</p>");
        CodecResult? reference = comparison.Lossy.FirstOrDefault(codec => codec.Machines.Count <= 1);
        CodecResult[] timed = [.. comparison.Lossy.Where(codec => reference is not null && codec.Machines.SequenceEqual(reference.Machines))];
        if (timed.Length < comparison.Lossy.Count)
        {
            html.AppendLine($"<p>Measured on {(reference is null ? "several machines" : $"another machine than {HtmlTables.Encode(reference.Name)}, or on several")}, so not in these charts: {HtmlTables.Encode(string.Join(", ", comparison.Lossy.Except(timed).Select(codec => codec.Name)))}.</p>");
        }

        AppendFigure(html, new SvgChart("Encoding speed and BD-rate", "encoding, megapixels per second", "BD-rate, %", false), Speeds(comparison, timed, means => means.EncodeSeconds));
        AppendFigure(html, new SvgChart("Decoding speed and BD-rate", "decoding, megapixels per second", "BD-rate, %", false), Speeds(comparison, timed, means => means.DecodeSeconds));
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

    private static ChartSeries[] Speeds(Comparison comparison, CodecResult[] timed, Func<MeanCurve, List<double>> seconds)
    {
        var series = new List<ChartSeries>();
        for (int style = 0; style < comparison.Lossy.Count; style++)
        {
            CodecResult codec = comparison.Lossy[style];
            if (!timed.Contains(codec))
            {
                continue;
            }

            double? rate = codec.Name == comparison.Baseline ? 0 : comparison.Between(comparison.Baseline, codec.Name)?.Psnr;
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
}
