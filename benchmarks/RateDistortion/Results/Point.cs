using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Results;

/// <summary>One picture through one codec at one quality. docs/benchmarks-format.md says what the fields are.</summary>
internal sealed record Point
{
    [JsonPropertyName("quality")]
    public int? Quality { get; init; }

    [JsonPropertyName("bytes")]
    public required long Bytes { get; init; }

    [JsonPropertyName("bpp")]
    public required double BitsPerPixel { get; init; }

    [JsonPropertyName("psnr")]
    public double? Psnr { get; init; }

    [JsonPropertyName("psnr-y")]
    public double? PsnrY { get; init; }

    [JsonPropertyName("ssim")]
    public required double Ssim { get; init; }

    [JsonPropertyName("ms-ssim")]
    public required double MsSsim { get; init; }

    [JsonPropertyName("max_error")]
    public required int MaxError { get; init; }

    [JsonPropertyName("encoding_time")]
    public required double EncodeSeconds { get; init; }

    [JsonPropertyName("decoding_time")]
    public required double DecodeSeconds { get; init; }

    [JsonPropertyName("encoding_memory")]
    public long? EncodePeakBytes { get; init; }

    [JsonPropertyName("decoding_memory")]
    public long? DecodePeakBytes { get; init; }
}
