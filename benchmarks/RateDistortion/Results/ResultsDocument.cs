using System.Text.Json.Serialization;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Pictures;

namespace VaeCodec.RateDistortion.Results;

/// <summary>The content of a results file: docs/benchmarks-format.md.</summary>
internal sealed class ResultsDocument
{
    /// <summary>The value of <see cref="Format"/> that this program reads and writes.</summary>
    public const string CurrentFormat = "vaecodec-rate-distortion/1";

    [JsonPropertyName("format")]
    public string Format { get; init; } = CurrentFormat;

    /// <summary>When the last point was measured; of a file without points, when it was begun.</summary>
    [JsonPropertyName("updated")]
    public DateTimeOffset Updated { get; set; }

    /// <summary>What the last point was measured on; null where there is none.</summary>
    [JsonPropertyName("machine")]
    public Machine? Machine { get; set; }

    [JsonPropertyName("bd")]
    public List<BdEntry> Deltas { get; set; } = [];

    [JsonPropertyName("failures")]
    public List<Failure> Failures { get; init; } = [];

    [JsonPropertyName("codecs")]
    public List<CodecResult> Codecs { get; init; } = [];

    /// <summary>The entries to show and compare: of several versions of a codec the one measured last.</summary>
    [JsonIgnore]
    public IReadOnlyList<CodecResult> Current => [.. Codecs.Where(codec => codec.Pictures.Exists(picture => picture.Points.Count > 0)).GroupBy(codec => codec.Name).Select(versions => versions.Last())];

    /// <summary>What keeps this from being the content of a results file, although it is of its form; null where nothing does.</summary>
    [JsonIgnore]
    public string? Flaw
        => Codecs is null || Failures is null || Codecs.Contains(null!) || Failures.Contains(null!) ? "an entry is null"
        : Codecs.Select(codec => codec.Flaw).FirstOrDefault(flaw => flaw is not null);

    /// <summary>The entry for a codec, made if there is none of its version.</summary>
    public CodecResult For(ICodec codec)
    {
        if (Codecs.Find(entry => entry.IsOf(codec)) is { } known)
        {
            if (Codecs.FindLast(entry => entry.Name == codec.Name) != known)
            {
                Codecs.Remove(known);
                Codecs.Add(known);
            }

            return known;
        }

        var result = CodecResult.For(codec);
        Codecs.Add(result);
        return result;
    }

    /// <summary>The entry for a codec and picture, told by the picture's content.</summary>
    public PictureResult For(ICodec codec, BenchPicture picture)
    {
        CodecResult result = For(codec);
        if (result.Pictures.Find(entry => entry.Hash == picture.Hash) is { } known)
        {
            known.File = picture.Name;
            return known;
        }

        var added = new PictureResult { File = picture.Name, Hash = picture.Hash, Width = picture.Width, Height = picture.Height };
        result.Pictures.Add(added);
        return added;
    }

    /// <summary>Takes down that a point of a codec was measured now.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="machine">The machine that it was measured on.</param>
    public void MarkMeasured(ICodec codec, Machine machine)
    {
        CodecResult entry = For(codec);
        if (entry.Machines.Count == 0 && entry.Pictures.Sum(picture => picture.Points.Count) > 1)
        {
            // Points of before machines were kept.
            entry.Machines.Add(Results.Machine.Unknown);
        }

        if (!entry.Machines.Contains(machine))
        {
            entry.Machines.Add(machine);
        }

        Machine = machine;
        Updated = DateTimeOffset.UtcNow;
        entry.Updated = Updated;
    }

    /// <summary>Works out means and BD-rates from the points. Date and machine stay those of the last measurement.</summary>
    public void Derive(string baseline)
    {
        foreach (CodecResult codec in Codecs)
        {
            codec.Results = MeanCurve.Of(codec.Pictures);
        }

        Deltas = BdEntry.All(Current, baseline);
    }
}
