using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;
using VaeCodec.ImageSharp;

namespace VaeCodec.Tool;

/// <summary>
/// Collects rows to a picture of ImageSharp and writes it. Formats that hold less get what they hold: code points, for one, are left out of all but PNG (.apng), as VaeCodec.Imaging leaves them out of JPEG and PNM.
/// </summary>
/// <param name="file">Where it goes.</param>
/// <param name="encoder">The format's encoder.</param>
internal sealed class ImageSharpSink(Stream file, IImageEncoder encoder) : IRowSink
{
    private IRowSink? _rows;
    private Func<Image?>? _image;
    private PictureDescription? _picture;

    /// <inheritdoc/>
    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        if (encoder is PngEncoder && picture.Colour.Matrix != 0)
        {
            // As VaeCodec.Imaging does. ImageSharp would throw what the tool takes for a bug.
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"PNG stores RGB only (matrix coefficients 0 in chunk cICP); the picture says matrix {picture.Colour.Matrix}. Write another format.");
        }

        _picture = picture;
        switch (picture.Layout)
        {
            case PixelLayout.Gray8:
                Collect<L8>();
                break;
            case PixelLayout.GrayAlpha16:
                Collect<La16>();
                break;
            case PixelLayout.Rgb24:
                Collect<Rgb24>();
                break;
            case PixelLayout.Gray16:
                Collect<L16>();
                break;
            case PixelLayout.GrayAlpha32:
                Collect<La32>();
                break;
            case PixelLayout.Rgb48:
                Collect<Rgb48>();
                break;
            case PixelLayout.Rgba64:
                Collect<Rgba64>();
                break;
            default:
                Collect<Rgba32>();
                break;
        }

        return _rows!.BeginAsync(picture, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken) => _rows!.WriteRowsAsync(rows, rowCount, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await _rows!.EndAsync(cancellationToken).ConfigureAwait(false);
        using Image image = _image!()!;
        PictureDescription picture = _picture!;
        PictureMetadata travelled = picture.Metadata;
        image.Metadata.CicpProfile = CicpConversion.ToProfile(picture.Colour);
        image.Metadata.IccProfile = travelled.IccProfile is { } icc ? new IccProfile(icc) : null;
        image.Metadata.ExifProfile = travelled.Exif is { } exif ? new ExifProfile(exif) : null;
        image.Metadata.XmpProfile = travelled.Xmp is { } xmp ? new XmpProfile(xmp) : null;
        await image.SaveAsync(file, encoder, cancellationToken).ConfigureAwait(false);
    }

    private void Collect<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        PixelRowSink<TPixel> sink = new(Configuration.Default);
        (_rows, _image) = (sink, () => sink.Image);
    }
}
