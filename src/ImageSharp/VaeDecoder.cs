using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace VaeCodec.ImageSharp;

/// <summary>Decodes .vae files to ImageSharp's pictures.</summary>
/// <remarks>
/// Errors come as <see cref="UnknownImageFormatException"/> (no .vae file) or <see cref="InvalidImageContentException"/> (all else, with the codec's <see cref="VaeException"/> within).
/// A .vae file has one frame, so <see cref="DecoderOptions.MaxFrames"/> changes nothing.
/// </remarks>
public sealed class VaeDecoder : SpecializedImageDecoder<VaeDecoderOptions>
{
    private VaeDecoder()
    {
    }

    /// <summary>The one instance.</summary>
    public static VaeDecoder Instance { get; } = new();

    /// <inheritdoc/>
    protected override ImageInfo Identify(DecoderOptions options, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        return new VaeDecoderCore(CreateDefaultSpecializedOptions(options)).Identify(stream, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Image<TPixel> Decode<TPixel>(VaeDecoderOptions options, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        return new VaeDecoderCore(options).Decode<TPixel>(stream, cancellationToken);
    }

    /// <summary>Decodes to the pixel type that holds the file's samples: L8, La16, Rgb24, Rgba32 for 8 bits, L16, La32, Rgb48, Rgba64 for more.</summary>
    /// <inheritdoc/>
    protected override Image Decode(VaeDecoderOptions options, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.Position;
        PixelLayout layout = new VaeDecoderCore(options).Identify(stream, cancellationToken).Metadata.GetVaeMetadata().Layout;
        stream.Position = start;
        return layout switch
        {
            PixelLayout.Gray8 => Decode<L8>(options, stream, cancellationToken),
            PixelLayout.GrayAlpha16 => Decode<La16>(options, stream, cancellationToken),
            PixelLayout.Rgb24 => Decode<Rgb24>(options, stream, cancellationToken),
            PixelLayout.Gray16 => Decode<L16>(options, stream, cancellationToken),
            PixelLayout.GrayAlpha32 => Decode<La32>(options, stream, cancellationToken),
            PixelLayout.Rgb48 => Decode<Rgb48>(options, stream, cancellationToken),
            PixelLayout.Rgba64 => Decode<Rgba64>(options, stream, cancellationToken),
            _ => Decode<Rgba32>(options, stream, cancellationToken),
        };
    }

    /// <inheritdoc/>
    protected override Image Decode(DecoderOptions options, Stream stream, CancellationToken cancellationToken) => Decode(CreateDefaultSpecializedOptions(options), stream, cancellationToken);

    /// <inheritdoc/>
    protected override VaeDecoderOptions CreateDefaultSpecializedOptions(DecoderOptions options) => new() { GeneralOptions = options };
}
