using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Results;

/// <summary>All points of a picture with a codec.</summary>
internal sealed class PictureResult
{
    [JsonPropertyName("file")]
    public required string File { get; set; }

    [JsonPropertyName("sha256")]
    public required string Hash { get; init; }

    [JsonPropertyName("width")]
    public required int Width { get; init; }

    [JsonPropertyName("height")]
    public required int Height { get; init; }

    [JsonPropertyName("points")]
    public List<Point> Points { get; init; } = [];

    /// <summary>The point at a quality, if it was measured.</summary>
    public Point? At(int? quality) => Points.Find(point => point.Quality == quality);

    /// <summary>Adds a point, in order of quality.</summary>
    public void Add(Point point)
    {
        Points.RemoveAll(other => other.Quality == point.Quality);
        Points.Add(point);
        Points.Sort((left, right) => Nullable.Compare(left.Quality, right.Quality));
    }
}
