using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using Codec = VaeCodec;

namespace VaeCodec.ImageSharp;

/// <summary>
/// Encodes ImageSharp's pictures as .vae files. Grey types become grey, types of more than 8 bits a channel 16 bits, all others 8; alpha is left out where every pixel is opaque. Of several frames the first is encoded.
/// </summary>
/// <remarks>
/// ICC, EXIF, XMP and code points (CICP) travel along, and so does a resolution (other than the 96 dots an inch that ImageSharp has for pictures without), as EXIF where that states none. An ICC profile that is not for the picture's samples, such as that which ImageSharp leaves on a CMYK JPEG, is refused with a <see cref="VaeException"/>:
/// remove it from the picture's metadata first.
/// </remarks>
public sealed class VaeEncoder : ImageEncoder
{
    private readonly int? _quality;
    private readonly bool? _lossless;
    private readonly int? _effort;

    /// <summary>Quality, 1 (smallest) to 100 (nearest to the original); 75 by default, as with ImageSharp's other encoders.</summary>
    public int Quality
    {
        get => _quality ?? 75;
        init => _quality = value;
    }

    /// <summary>Whether every sample is kept exactly.</summary>
    public bool Lossless
    {
        get => _lossless ?? false;
        init => _lossless = value;
    }

    /// <summary>Effort, 1 to 5.</summary>
    public int Effort
    {
        get => _effort ?? VaeEncoderOptions.DefaultEffort;
        init => _effort = value;
    }

    /// <summary>All of the codec's options, in place of the three above, none of which may then be set; null for those.</summary>
    public VaeEncoderOptions? CodecOptions { get; init; }

    /// <inheritdoc/>
    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        if (CodecOptions is not null && (_quality, _lossless, _effort) is not (null, null, null))
        {
            throw new InvalidOperationException("Quality, Lossless and Effort are within CodecOptions where that is set; set them there.");
        }

        VaeEncoderOptions options = CodecOptions ?? new VaeEncoderOptions { Quality = Quality, Lossless = Lossless, Effort = Effort };
        Codec.VaeEncoder.EncodeAsync(new PixelRowSource<TPixel>(image, SkipMetadata), stream, options, cancellationToken).GetAwaiter().GetResult();
    }
}
