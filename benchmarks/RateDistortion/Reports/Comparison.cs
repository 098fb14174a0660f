using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports;

/// <summary>What reports show: what was measured, and beside it what others published.</summary>
internal sealed class Comparison
{
    /// <summary>Compares everything with everything.</summary>
    /// <param name="document">What was measured, with its means brought up to date. It is not changed.</param>
    /// <param name="baseline">The codec to compare with; a published curve where no measured codec has the name.</param>
    /// <param name="published">Published curves.</param>
    public Comparison(ResultsDocument document, string baseline, IReadOnlyList<PublishedCurve>? published = null)
    {
        Document = document;
        Published = published ?? [];

        // This project's codec comes first, with the strongest line. Curves of other pictures than its own are not drawn beside it: their means say nothing about the codecs.
        CodecResult[] curves = [.. document.Current.Where(codec => !codec.Lossless && codec.Results.Quality.Count > 0).OrderByDescending(codec => codec.Name == VaeCodecs.Family).ThenByDescending(codec => codec.Name.StartsWith(VaeCodecs.Family, StringComparison.Ordinal))];
        HashSet<string> pictures = [.. curves.Take(1).SelectMany(codec => codec.Pictures).Select(picture => picture.Hash)];
        Lossy = [.. curves.Where(IsOfPictures)];
        OfOtherPictures = [.. curves.Except(Lossy).Select(codec => codec.Name)];
        Lossless = [.. document.Current.Where(codec => codec.Lossless && codec.Results.Quality.Count > 0 && IsOfPictures(codec))];
        Names = [.. document.Current.Where(codec => !codec.Lossless).Select(codec => codec.Name), .. Published.Select(curve => curve.ShownName)];
        Baseline = document.Current.All(codec => codec.Name != baseline) && Published.FirstOrDefault(curve => curve.Name == baseline) is { } other ? other.ShownName : baseline;
        Deltas = [.. document.Deltas, .. PublishedDeltas()];

        bool IsOfPictures(CodecResult codec) => pictures.SetEquals(codec.Pictures.Select(picture => picture.Hash));
    }

    /// <summary>What was measured.</summary>
    public ResultsDocument Document { get; }

    /// <summary>What others published.</summary>
    public IReadOnlyList<PublishedCurve> Published { get; }

    /// <summary>Measured lossy codecs that have a curve of the pictures that are compared: those of the first.</summary>
    public IReadOnlyList<CodecResult> Lossy { get; }

    /// <summary>Measured lossless codecs that coded the same pictures.</summary>
    public IReadOnlyList<CodecResult> Lossless { get; }

    /// <summary>Names of measured lossy codecs whose curve is of other pictures, so that it is in no chart.</summary>
    public IReadOnlyList<string> OfOtherPictures { get; }

    /// <summary>A sentence about them; null where there are none.</summary>
    public string? OtherPicturesNote
        => OfOtherPictures.Count == 0 ? null : $"Of other pictures than {Lossy[0].Name}, so not compared with it: {string.Join(", ", OfOtherPictures)}.";

    /// <summary>Names of everything that is compared, as reports show them.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name of the baseline as reports show it.</summary>
    public string Baseline { get; }

    /// <summary>BD-rates of all pairs.</summary>
    public IReadOnlyList<BdEntry> Deltas { get; }

    /// <summary>BD-rates against the baseline.</summary>
    public IEnumerable<BdEntry> AgainstBaseline => Deltas.Where(entry => entry.Baseline == Baseline);

    /// <summary>The BD-rates of a codec against another.</summary>
    public BdEntry? Between(string baseline, string codec) => Deltas.FirstOrDefault(entry => entry.Baseline == baseline && entry.Codec == codec);

    private IEnumerable<BdEntry> PublishedDeltas()
    {
        var measured = Lossy.Select(codec => (codec.Name, Curves: BdEntry.Curves(codec.Results), IsPublished: false));
        var all = measured.Concat(Published.Select(curve => (Name: curve.ShownName, Curves: BdEntry.Curves(curve), IsPublished: true))).ToList();
        return from against in all
               from codec in all
               where codec.Name != against.Name && (codec.IsPublished || against.IsPublished)
               select BdEntry.OfMeans(against.Name, codec.Name, against.Curves, codec.Curves);
    }
}
