using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using VaeCodec.ImageSharp;

namespace VaeCodec.Tool;

/// <summary>
/// Collects rows to a picture of ImageSharp and writes it. Code points are left out of all but PNG (.apng), as VaeCodec.Imaging leaves them out of JPEG and PNM;
/// bits and alpha that the format does not hold are refused, as they are of JPEG: ImageSharp would drop them without a word. GIF gets the 256 colours that it is known for.
/// </summary>
/// <param name="file">Where it goes.</param>
/// <param name="format">The format.</param>
/// <param name="maxMemoryBytes">What the picture may take in memory.</param>
internal sealed class ImageSharpSink(Stream file, IImageFormat format, long maxMemoryBytes) : IRowSink
{
    /// <summary>The largest picture that ImageSharp's memory has room for.</summary>
    private const long MostBytes = 4L << 30;

    private const int LongestWebpSide = 16383;
    private const int LongestShortSide = ushort.MaxValue;

    private IImageEncoder _encoder = Configuration.Default.ImageFormatsManager.GetEncoder(format);
    private IRowSink? _rows;
    private Func<Image?>? _image;
    private PictureDescription? _picture;

    /// <inheritdoc/>
    public ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken)
    {
        if (_encoder is PngEncoder && picture.Colour.Matrix != 0)
        {
            // As VaeCodec.Imaging does. ImageSharp would throw what the tool takes for a bug.
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"PNG stores RGB only (matrix coefficients 0 in chunk cICP); the picture says matrix {picture.Colour.Matrix}. Write another format.");
        }

        CheckSize(picture);
        CheckDepth(picture);
        CheckProfile(picture);
        ChooseEncoder(picture.Layout.HasAlpha());
        _picture = picture;

        PixelLayout layout = _encoder is PngEncoder ? ColourProfileCheck.PngLayout(picture) : picture.Layout;
        CheckMemory(picture, layout);
        switch (layout)
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
    public ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        if (_encoder is GifEncoder && _picture!.Layout.HasAlpha())
        {
            CheckTransparency(rows.Span, _picture.Layout.BytesPerPixel());
        }

        return _rows!.WriteRowsAsync(rows, rowCount, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        await _rows!.EndAsync(cancellationToken).ConfigureAwait(false);
        using Image image = _image!()!;
        PictureDescription picture = _picture!;
        image.Metadata.CicpProfile = CicpConversion.ToProfile(picture.Colour);
        TravelledMetadata.Apply(image.Metadata, picture.Metadata);
        await image.SaveAsync(file, _encoder, cancellationToken).ConfigureAwait(false);
    }

    private void CheckMemory(PictureDescription picture, PixelLayout layout)
    {
        long bytes = checked((long)picture.Width * picture.Height * layout.BytesPerPixel()), most = Math.Min(maxMemoryBytes, MostBytes);
        if (bytes > most)
        {
            throw new VaeLimitException($"{format.Name} is written from memory, and this picture takes {bytes} bytes there, where {most} are allowed ({(maxMemoryBytes < MostBytes ? "--max-memory" : "the most that ImageSharp holds")}). Write PNG or PNM, which are written row by row.");
        }
    }

    /// <summary>WebP and BMP have no grey, and ImageSharp would give colours the profile of the grey ones, which no reader can use.</summary>
    private void CheckProfile(PictureDescription picture)
    {
        if (_encoder is WebpEncoder or BmpEncoder && picture.Metadata.IccProfile is { } profile && !ColourProfileCheck.IsRgb(profile))
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"{format.Name} is written with colours, but the picture's profile is for grey. Write PNG (.png) or TIFF (.tiff), or leave the profile out (--strip icc).");
        }
    }

    /// <summary>In 3.1 only PNG and grey TIFF are written with more than 8 bits.</summary>
    private void CheckDepth(PictureDescription picture)
    {
        if (picture.BitDepth > 8 && _encoder is not PngEncoder && !(_encoder is TiffEncoder && picture.Layout == PixelLayout.Gray16))
        {
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"{format.Name} is written with 8 bits a sample, but the picture has {picture.BitDepth}. Write a format that holds more: PNG (.png), PNM (.ppm) or PAM (.pam).");
        }
    }

    /// <summary>GIF and TGA keep sides in 16 bits, and ImageSharp 3.1 cuts them to that without a word; WebP in 14.</summary>
    private void CheckSize(PictureDescription picture)
    {
        int most = _encoder switch
        {
            WebpEncoder => LongestWebpSide,
            GifEncoder or TgaEncoder => LongestShortSide,
            _ => int.MaxValue,
        };
        if (Math.Max(picture.Width, picture.Height) > most)
        {
            throw new VaeUnsupportedException(VaeError.UnsupportedFeature, $"{format.Name} holds pictures of at most {most} pixels a side, but this one is {picture.Width} x {picture.Height}. Write another format, for example PNG (.png).");
        }
    }

    /// <summary>A pixel of a GIF is there or not.</summary>
    private static void CheckTransparency(ReadOnlySpan<byte> rows, int bytesPerPixel)
    {
        for (int alpha = bytesPerPixel - 1; alpha < rows.Length; alpha += bytesPerPixel)
        {
            if (rows[alpha] is not (0 or byte.MaxValue))
            {
                throw new VaeUnsupportedException(VaeError.UnsupportedFeature, "GIF holds no half-transparent pixels, but the picture has some. Write a format that does: PNG (.png), PAM (.pam) or WebP (.webp).");
            }
        }
    }

    /// <summary>By itself ImageSharp 3.1 writes WebP with loss and without the colours of transparent pixels, BMP and TGA without alpha; TIFF it cannot write with alpha.</summary>
    private void ChooseEncoder(bool hasAlpha)
    {
        _encoder = _encoder switch
        {
            WebpEncoder => new WebpEncoder { FileFormat = WebpFileFormatType.Lossless, TransparentColorMode = WebpTransparentColorMode.Preserve },
            BmpEncoder when hasAlpha => new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel32, SupportTransparency = true },
            TgaEncoder when hasAlpha => new TgaEncoder { BitsPerPixel = TgaBitsPerPixel.Pixel32 },
            TiffEncoder when hasAlpha => throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                "TIFF is written without transparency, but the picture has an alpha channel. Write a format that has: PNG (.png), PAM (.pam) or WebP (.webp)."),
            _ => _encoder,
        };
    }

    private void Collect<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        PixelRowSink<TPixel> sink = new(Configuration.Default);
        (_rows, _image) = (sink, () => sink.Image);
    }
}
