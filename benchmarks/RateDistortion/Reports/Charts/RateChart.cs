using System.Globalization;
using VaeCodec.Metrics;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports.Charts;

/// <summary>Curves of quality over rate.</summary>
internal static class RateChart
{
    /// <summary>The chart of PSNR.</summary>
    public static SvgChart Psnr { get; } = new("PSNR (RGB) over bits per pixel", "bits per pixel", "PSNR (RGB), dB", true);

    /// <summary>The chart of MS-SSIM.</summary>
    public static SvgChart MsSsim { get; } = new("MS-SSIM over bits per pixel", "bits per pixel", "MS-SSIM, dB: -10 log(1 - x)", true);

    /// <summary>Writes the chart of PSNR as a file.</summary>
    /// <exception cref="BenchUsageException">There is no curve to draw.</exception>
    public static void WriteFile(string path, Comparison comparison)
    {
        ChartSeries[] series = PsnrSeries(comparison);
        WholeFile.Write(path, series.Length > 0 ? Psnr.DrawFile(series) : throw new BenchUsageException("There are no curves for a chart: no lossy codec has a quality that all pictures were measured at (--svg)."));
    }

    /// <summary>The lines of PSNR.</summary>
    public static ChartSeries[] PsnrSeries(Comparison comparison) => Series(comparison, (means, i) => means.Psnr[i], point => point.Psnr);

    /// <summary>The lines of MS-SSIM.</summary>
    public static ChartSeries[] MsSsimSeries(Comparison comparison)
        => Series(comparison, (means, i) => Decibels(means.MsSsim[i]), point => point.MsSsim is { } value ? Decibels(value) : null);

    private static ChartSeries[] Series(Comparison comparison, Func<MeanCurve, int, double?> measured, Func<PublishedPoint, double?> published)
        => [.. comparison.Lossy.Select((codec, style) => new ChartSeries(codec.Name, style % SvgChart.StyleCount, Points(codec, measured)))
               .Concat(comparison.Published.Select((curve, style) => new ChartSeries(curve.ShownName, style % SvgChart.PublishedStyleCount, Points(curve, published), true)))
               .Where(series => series.Points.Count > 0)];

    private static List<(double X, double Y, string Text)> Points(CodecResult codec, Func<MeanCurve, int, double?> quality)
    {
        MeanCurve means = codec.Results;
        var points = new List<(double X, double Y, string Text)>();
        for (int i = 0; i < means.Quality.Count; i++)
        {
            if (quality(means, i) is { } value)
            {
                points.Add((means.BitsPerPixel[i], value, Text($"{codec.Name}, quality {means.Quality[i]}", means.BitsPerPixel[i], means.Psnr[i], means.MsSsim[i])));
            }
        }

        points.Sort((left, right) => left.X.CompareTo(right.X));
        return points;
    }

    private static List<(double X, double Y, string Text)> Points(PublishedCurve curve, Func<PublishedPoint, double?> quality)
        => [.. from point in curve.Points
               let value = quality(point)
               where value is not null
               select (point.BitsPerPixel, value.Value, Text(curve.ShownName, point.BitsPerPixel, point.Psnr, point.MsSsim))];

    private static string Text(string name, double rate, double? psnr, double? msSsim)
        => $"{name}\n{Number(rate, "0.000")} bpp, {Number(psnr, "0.00")} dB{(msSsim is null ? "" : $"\nMS-SSIM {Number(msSsim, "0.0000")}")}";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static double? Decibels(double value) => double.IsFinite(StructuralSimilarity.ToDecibels(value)) ? StructuralSimilarity.ToDecibels(value) : null;
}
