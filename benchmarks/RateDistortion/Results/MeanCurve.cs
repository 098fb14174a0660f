using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Results;

/// <summary>Means over all pictures, one entry of each list for a quality, as CompressAI's result files have them.</summary>
internal sealed class MeanCurve
{
    [JsonPropertyName("quality")]
    public List<int?> Quality { get; init; } = [];

    [JsonPropertyName("bpp")]
    public List<double> BitsPerPixel { get; init; } = [];

    [JsonPropertyName("psnr")]
    public List<double?> Psnr { get; init; } = [];

    [JsonPropertyName("psnr-y")]
    public List<double?> PsnrY { get; init; } = [];

    [JsonPropertyName("ssim")]
    public List<double> Ssim { get; init; } = [];

    [JsonPropertyName("ms-ssim")]
    public List<double> MsSsim { get; init; } = [];

    [JsonPropertyName("encoding_time")]
    public List<double> EncodeSeconds { get; init; } = [];

    [JsonPropertyName("decoding_time")]
    public List<double> DecodeSeconds { get; init; } = [];

    [JsonPropertyName("encoding_memory")]
    public List<long?> EncodePeakBytes { get; init; } = [];

    [JsonPropertyName("decoding_memory")]
    public List<long?> DecodePeakBytes { get; init; } = [];

    /// <summary>
    /// The means of the pictures. A quality that some picture lacks is left out: a mean over fewer pictures is of another set.
    /// </summary>
    public static MeanCurve Of(IReadOnlyList<PictureResult> pictures)
    {
        var curve = new MeanCurve();
        IEnumerable<int?> qualities = pictures.SelectMany(picture => picture.Points).Select(point => point.Quality).Distinct().Order();
        foreach (int? quality in qualities)
        {
            Point[] points = [.. pictures.Select(picture => picture.At(quality)).OfType<Point>()];
            if (points.Length == pictures.Count)
            {
                curve.Add(quality, points);
            }
        }

        return curve;
    }

    private static double? Mean(Point[] points, Func<Point, double?> value)
        => points.All(point => value(point) is not null) ? points.Average(value) : null;

    private static long? Largest(Point[] points, Func<Point, long?> value) => points.Max(value);

    private void Add(int? quality, Point[] points)
    {
        Quality.Add(quality);
        BitsPerPixel.Add(points.Average(point => point.BitsPerPixel));
        Psnr.Add(Mean(points, point => point.Psnr));
        PsnrY.Add(Mean(points, point => point.PsnrY));
        Ssim.Add(points.Average(point => point.Ssim));
        MsSsim.Add(points.Average(point => point.MsSsim));
        EncodeSeconds.Add(points.Average(point => point.EncodeSeconds));
        DecodeSeconds.Add(points.Average(point => point.DecodeSeconds));
        EncodePeakBytes.Add(Largest(points, point => point.EncodePeakBytes));
        DecodePeakBytes.Add(Largest(points, point => point.DecodePeakBytes));
    }
}
