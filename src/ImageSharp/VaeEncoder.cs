using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using Codec = VaeCodec;

namespace VaeCodec.ImageSharp;

/// <summary>
/// Encodes ImageSharp's pictures as .vae files. Grey types become grey, types of more than 8 bits a channel 16 bits, all others 8; alpha is left out where every pixel is opaque. Of several frames the first is encoded.
/// </summary>
/// <remarks>
/// ICC, EXIF, XMP and code points (CICP) travel along. An ICC profile that is not for the picture's samples, such as that which ImageSharp leaves on a CMYK JPEG, is refused with a <see cref="VaeException"/>:
/// remove it from the picture's metadata first.
/// </remarks>
public sealed class VaeEncoder : ImageEncoder
{
    /// <summary>Quality, 1 (smallest) to 100 (nearest to the original); 75 by default, as with ImageSharp's other encoders.</summary>
    public int Quality { get; init; } = 75;

    /// <summary>Whether every sample is kept exactly.</summary>
    public bool Lossless { get; init; }

    /// <summary>Effort, 1 to 5.</summary>
    public int Effort { get; init; } = VaeEncoderOptions.DefaultEffort;

    /// <summary>All of the codec's options, in place of the three above; null for those.</summary>
    public VaeEncoderOptions? CodecOptions { get; init; }

    /// <inheritdoc/>
    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        VaeEncoderOptions options = CodecOptions ?? new VaeEncoderOptions { Quality = Quality, Lossless = Lossless, Effort = Effort };
        Codec.VaeEncoder.EncodeAsync(new PixelRowSource<TPixel>(image, SkipMetadata), stream, options, cancellationToken).GetAwaiter().GetResult();
    }
}
