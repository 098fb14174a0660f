using System.Text.Json.Serialization;
using VaeCodec.Metrics;
using VaeCodec.RateDistortion.Published;

namespace VaeCodec.RateDistortion.Results;

/// <summary>BD-rates of a codec against another, in percent.</summary>
/// <param name="Baseline">The codec compared with.</param>
/// <param name="Codec">The codec in question.</param>
/// <param name="Psnr">Of the mean curves over PSNR (RGB): pictures averaged first. Papers on learned codecs print this one.</param>
/// <param name="PsnrMeanOfPictures">Mean of the BD-rates of each picture's own curves.</param>
/// <param name="MsSsim">Of the mean curves over MS-SSIM in dB.</param>
/// <param name="MsSsimMeanOfPictures">Mean of the BD-rates of each picture's own curves.</param>
/// <param name="BdPsnr">BD-PSNR of the mean curves in dB.</param>
/// <param name="PsnrFrom">The lowest PSNR in dB that both mean curves reach: where <paramref name="Psnr"/> begins.</param>
/// <param name="PsnrTo">The highest that both reach, where it ends.</param>
internal sealed record BdEntry(
    [property: JsonPropertyName("baseline")] string Baseline,
    [property: JsonPropertyName("codec")] string Codec,
    [property: JsonPropertyName("psnr")] double? Psnr,
    [property: JsonPropertyName("psnr_mean_of_pictures")] double? PsnrMeanOfPictures,
    [property: JsonPropertyName("ms-ssim")] double? MsSsim,
    [property: JsonPropertyName("ms-ssim_mean_of_pictures")] double? MsSsimMeanOfPictures,
    [property: JsonPropertyName("bd_psnr_db")] double? BdPsnr,
    [property: JsonPropertyName("psnr_from")] double? PsnrFrom,
    [property: JsonPropertyName("psnr_to")] double? PsnrTo)
{
    /// <summary>All pairs of lossy codecs, those against the baseline first.</summary>
    public static List<BdEntry> All(IReadOnlyList<CodecResult> codecs, string baseline)
    {
        CodecResult[] lossy = [.. codecs.Where(codec => !codec.Lossless)];
        return [.. from against in lossy.OrderByDescending(codec => codec.Name == baseline)
                   from codec in lossy
                   where codec != against
                   select Compare(against, codec)];
    }

    private static BdEntry Compare(CodecResult baseline, CodecResult codec)
    {
        // Means of different sets of pictures say nothing about the codecs.
        bool sameSet = baseline.Pictures.Select(picture => picture.Hash).ToHashSet().SetEquals(codec.Pictures.Select(picture => picture.Hash));
        RateCurve? left = sameSet ? Curve(baseline.Results, baseline.Results.Psnr) : null;
        RateCurve? right = Curve(codec.Results, codec.Results.Psnr);
        return new BdEntry(
            baseline.Name,
            codec.Name,
            Percent(left, right),
            sameSet ? MeanOfPictures(baseline, codec, point => point.Psnr) : null,
            sameSet ? Percent(Curve(baseline.Results, MsSsimDecibels(baseline.Results)), Curve(codec.Results, MsSsimDecibels(codec.Results))) : null,
            sameSet ? MeanOfPictures(baseline, codec, point => Finite(StructuralSimilarity.ToDecibels(point.MsSsim))) : null,
            left is null || right is null ? null : BjontegaardDelta.Quality(left, right),
            Common(left, right)?.From,
            Common(left, right)?.To);
    }

    /// <summary>Compares curves of which there are only means: a published one with a measured one, or two published ones.</summary>
    public static BdEntry OfMeans(string baseline, string codec, (RateCurve? Psnr, RateCurve? MsSsim) against, (RateCurve? Psnr, RateCurve? MsSsim) curves) => new(
        baseline,
        codec,
        Percent(against.Psnr, curves.Psnr),
        null,
        Percent(against.MsSsim, curves.MsSsim),
        null,
        against.Psnr is null || curves.Psnr is null ? null : BjontegaardDelta.Quality(against.Psnr, curves.Psnr),
        Common(against.Psnr, curves.Psnr)?.From,
        Common(against.Psnr, curves.Psnr)?.To);

    /// <summary>The curves of a codec's means.</summary>
    public static (RateCurve? Psnr, RateCurve? MsSsim) Curves(MeanCurve means) => (Curve(means, means.Psnr), Curve(means, MsSsimDecibels(means)));

    /// <summary>The curves of published means. MS-SSIM has one only where every point has it: a part of a curve is another curve.</summary>
    public static (RateCurve? Psnr, RateCurve? MsSsim) Curves(PublishedCurve published)
    {
        IReadOnlyList<PublishedPoint> points = published.Points;
        return (
            Curve(points.Select(point => (point.BitsPerPixel, (double?)point.Psnr))),
            points.All(point => point.MsSsim is not null) ? Curve(points.Select(point => (point.BitsPerPixel, Finite(StructuralSimilarity.ToDecibels(point.MsSsim!.Value))))) : null);
    }

    private static double? MeanOfPictures(CodecResult baseline, CodecResult codec, Func<Point, double?> quality)
    {
        var values = new List<double?>();
        foreach (PictureResult picture in codec.Pictures)
        {
            PictureResult? other = baseline.Pictures.Find(entry => entry.Hash == picture.Hash);
            values.Add(other is null ? null : Percent(Curve(other, quality), Curve(picture, quality)));
        }

        // A mean over the pictures that happen to overlap would flatter; it is all of them or nothing.
        return values.Count > 0 && values.TrueForAll(value => value is not null) ? values.Average() : null;
    }

    private static IReadOnlyList<double?> MsSsimDecibels(MeanCurve curve)
        => [.. curve.MsSsim.Select(value => Finite(StructuralSimilarity.ToDecibels(value)))];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static RateCurve? Curve(MeanCurve curve, IReadOnlyList<double?> qualities) => Curve(curve.BitsPerPixel.Zip(qualities));

    private static RateCurve? Curve(PictureResult picture, Func<Point, double?> quality)
        => Curve(picture.Points.Select(point => (point.BitsPerPixel, quality(point))));

    private static RateCurve? Curve(IEnumerable<(double Rate, double? Quality)> points)
    {
        IEnumerable<RatePoint> known = points.Where(point => point.Quality is not null).Select(point => new RatePoint(point.Rate, point.Quality!.Value));
        return RateCurve.TryCreate(known, out RateCurve? curve) ? curve : null;
    }

    private static (double From, double To)? Common(RateCurve? left, RateCurve? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        (double from, double to) = (Math.Max(left.Points[0].Quality, right.Points[0].Quality), Math.Min(left.Points[^1].Quality, right.Points[^1].Quality));
        return from < to ? (from, to) : null;
    }

    private static double? Percent(RateCurve? baseline, RateCurve? curve)
        => baseline is not null && curve is not null && BjontegaardDelta.Rate(baseline, curve) is { } rate ? 100 * rate : null;
}
