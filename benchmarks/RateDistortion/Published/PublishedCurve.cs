using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Published;

/// <summary>A curve that somebody published: it is shown beside what was measured here, and never kept with it.</summary>
internal sealed record PublishedCurve
{
    /// <summary>What stands behind the name wherever the curve is shown.</summary>
    public const string Mark = " (published)";

    /// <summary>The name in its file.</summary>
    [JsonIgnore]
    public string Name { get; init; } = string.Empty;

    /// <summary>The name with its mark, which no measured codec can have.</summary>
    [JsonIgnore]
    public string ShownName => Name + Mark;

    /// <summary>Where it was published.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>The points, by rising rate.</summary>
    [JsonPropertyName("points")]
    public required IReadOnlyList<PublishedPoint> Points { get; init; }
}
