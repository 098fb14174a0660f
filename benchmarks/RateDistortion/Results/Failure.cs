using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Results;

/// <summary>Something that could not be measured in the last run.</summary>
/// <param name="File">The picture.</param>
/// <param name="Codec">The codec; null when the picture could not be read.</param>
/// <param name="Quality">The quality, for a lossy codec.</param>
/// <param name="Message">What happened.</param>
internal sealed record Failure(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("codec")] string? Codec,
    [property: JsonPropertyName("quality")] int? Quality,
    [property: JsonPropertyName("message")] string Message);
