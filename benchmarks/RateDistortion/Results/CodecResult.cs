using System.Text.Json.Serialization;
using VaeCodec.RateDistortion.Codecs;

namespace VaeCodec.RateDistortion.Results;

/// <summary>All that was measured of a codec.</summary>
internal sealed class CodecResult
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("version")]
    public required string Version { get; init; }

    [JsonPropertyName("settings")]
    public required string Settings { get; init; }

    [JsonPropertyName("lossless")]
    public required bool Lossless { get; init; }

    [JsonPropertyName("timing")]
    public required CodecTiming Timing { get; init; }

    /// <summary>What its points were measured on, each machine once; files of before this was kept have none.</summary>
    /// <remarks>Not init: generated code would set it to null where a file has no such member.</remarks>
    [JsonPropertyName("machines")]
    public List<Machine> Machines { get; set; } = [];

    /// <summary>When its last point was measured; null in files of before this was kept.</summary>
    [JsonPropertyName("updated")]
    public DateTimeOffset? Updated { get; set; }

    /// <summary>Means over the pictures, derived from <see cref="Pictures"/> whenever the file is written.</summary>
    [JsonPropertyName("results")]
    public MeanCurve Results { get; set; } = new();

    [JsonPropertyName("pictures")]
    public List<PictureResult> Pictures { get; init; } = [];

    /// <summary>What keeps this from being what was measured of a codec; null where nothing does.</summary>
    [JsonIgnore]
    public string? Flaw
        => Machines is null || Machines.Contains(null!) || Pictures is null || Pictures.Any(picture => picture?.Points is null || picture.Points.Contains(null!)) ? $"{Name} has an entry that is null"
        : Pictures.Find(picture => picture.Points.Exists(point => !(point.BitsPerPixel > 0 && double.IsFinite(point.BitsPerPixel)))) is { } picture ? $"{Name} has a point of {picture.File} without a rate"
        : Pictures.Find(picture => picture.Points.Exists(point => double.IsInfinity(point.Psnr ?? 0) || double.IsInfinity(point.PsnrY ?? 0))) is { } endless ? $"{Name} has a point of {endless.File} whose PSNR is no number"
        : Name is null or "" or "." or ".." || Name.IndexOfAny([.. Path.GetInvalidFileNameChars(), '/', '\\']) >= 0 ? $"'{Name}' is no name of a codec"
        : null;

    /// <summary>An empty result for a codec.</summary>
    public static CodecResult For(ICodec codec) => new()
    {
        Name = codec.Name,
        Description = codec.Description,
        Version = codec.Version,
        Settings = codec.Settings,
        Lossless = codec.DefaultQualities.Count == 0,
        Timing = codec.Timing,
    };

    /// <summary>Whether this was measured with the same code, model and settings.</summary>
    public bool IsOf(ICodec codec) => (Name, Version, Settings) == (codec.Name, codec.Version, codec.Settings);
}
