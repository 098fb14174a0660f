namespace VaeCodec.Tool;

/// <summary>Where the bytes of an output go.</summary>
/// <param name="Target">The path, links followed; null for standard output.</param>
/// <param name="IsDevice">Whether it is written to directly, as devices and pipes are.</param>
/// <param name="Exists">Whether something stands there.</param>
internal readonly record struct OutputPlace(string? Target, bool IsDevice, bool Exists);
