using SixLabors.ImageSharp.Formats;
using Codec = VaeCodec;

namespace VaeCodec.ImageSharp;

/// <summary>How to decode a .vae file.</summary>
public sealed class VaeDecoderOptions : ISpecializedDecoderOptions
{
    /// <inheritdoc/>
    public DecoderOptions GeneralOptions { get; init; } = new();

    /// <summary>How the codec decodes: models at hand, threads, limits, what is intact of a damaged file, a region. Its scale is not looked at: <see cref="DecoderOptions.TargetSize"/> chooses it.</summary>
    public Codec.VaeDecoderOptions CodecOptions { get; init; } = new();
}
