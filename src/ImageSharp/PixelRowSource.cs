using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;

namespace VaeCodec.ImageSharp;

/// <summary>Gives the rows of a picture to the encoder.</summary>
/// <typeparam name="TPixel">The type of its pixels.</typeparam>
internal sealed class PixelRowSource<TPixel> : IRowSource
    where TPixel : unmanaged, IPixel<TPixel>
{
    /// <summary>Types with more than 8 bits in a channel, beside those that have layouts of their own.</summary>
    private static readonly Type[] s_deep =
    [
        typeof(Rgba64), typeof(RgbaVector), typeof(HalfVector2), typeof(HalfVector4), typeof(HalfSingle), typeof(NormalizedShort2), typeof(NormalizedShort4), typeof(Short2), typeof(Short4),
        typeof(Rg32), typeof(Rgba1010102),
    ];

    private readonly Image<TPixel> _image;
    private int _next;

    /// <summary>Takes a picture, which stays the caller's.</summary>
    /// <param name="image">The picture; of several frames the first.</param>
    /// <param name="skipMetadata">Whether ICC, EXIF and XMP are left out.</param>
    /// <exception cref="VaeException">Its ICC profile is damaged, or for samples of another kind.</exception>
    public PixelRowSource(Image<TPixel> image, bool skipMetadata)
    {
        _image = image;
        Picture = new PictureDescription(image.Width, image.Height, ChooseLayout(image))
        {
            // Code points say what samples mean. They are kept even where metadata are skipped, as by ImageSharp's PNG.
            Colour = CicpConversion.ToCodePoints(image.Metadata.CicpProfile),
            Metadata = skipMetadata ? PictureMetadata.None : Metadata(image.Metadata, image.Frames.RootFrame.Metadata),
        };
        ColourProfileCheck.Require(Picture);
    }

    /// <inheritdoc/>
    public PictureDescription Picture { get; }

    /// <inheritdoc/>
    public ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken)
    {
        for (int i = 0; i < rowCount; i++)
        {
            Convert(_image.DangerousGetPixelRowMemory(_next++).Span, rows.Span.Slice(i * Picture.RowBytes, Picture.RowBytes));
        }

        return ValueTask.CompletedTask;
    }

    private static PixelLayout ChooseLayout(Image<TPixel> image)
    {
        bool isDeep = Array.IndexOf(s_deep, typeof(TPixel)) >= 0, hasAlpha = !IsOpaque(image);
        return default(TPixel) switch
        {
            L8 => PixelLayout.Gray8,
            L16 => PixelLayout.Gray16,
            La16 => hasAlpha ? PixelLayout.GrayAlpha16 : PixelLayout.Gray8,
            La32 => hasAlpha ? PixelLayout.GrayAlpha32 : PixelLayout.Gray16,
            Rgb48 => PixelLayout.Rgb48,
            _ when isDeep => hasAlpha ? PixelLayout.Rgba64 : PixelLayout.Rgb48,
            _ => hasAlpha ? PixelLayout.Rgba32 : PixelLayout.Rgb24,
        };
    }

    /// <summary>Whether all pixels are opaque, as those of types without alpha are. (What types say of their alpha is not reliable: in 3.1.12 La16 says that it has none.)</summary>
    private static bool IsOpaque(Image<TPixel> image)
    {
        Rgba64[] row = new Rgba64[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            PixelOperations<TPixel>.Instance.ToRgba64(image.Configuration, image.DangerousGetPixelRowMemory(y).Span, row);
            foreach (Rgba64 pixel in row)
            {
                if (pixel.A != ushort.MaxValue)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// What a file said of the picture; of TIFF ImageSharp keeps it with the first frame. Code points outrank a profile (PNG third edition, 4.3); those of sRGB are
    /// what a picture is without any, so that the profile would be all that is left of the two.
    /// </summary>
    private static PictureMetadata Metadata(ImageMetadata picture, ImageFrameMetadata frame) => new()
    {
        IccProfile = picture.CicpProfile is { } points && CicpConversion.ToCodePoints(points) == ColourCodePoints.Srgb ? null : NotEmpty((picture.IccProfile ?? frame.IccProfile)?.ToByteArray()),
        Exif = NotEmpty(TravelledMetadata.WithResolution(picture.ExifProfile ?? TiffTags.OfPicture(frame.ExifProfile), picture)?.ToByteArray()),
        Xmp = NotEmpty(Bytes(picture.XmpProfile ?? frame.XmpProfile)),
    };

    private static byte[]? Bytes(XmpProfile? profile)
    {
        try
        {
            return profile?.ToByteArray();
        }
        catch (ArgumentNullException)
        {
            // One that was made without data does not say so in another way (3.1.12).
            return null;
        }
    }

    private static byte[]? NotEmpty(byte[]? bytes) => bytes is { Length: > 0 } ? bytes : null;

    private void Convert(ReadOnlySpan<TPixel> source, Span<byte> row)
    {
        PixelOperations<TPixel> operations = PixelOperations<TPixel>.Instance;
        Configuration configuration = _image.Configuration;
        switch (Picture.Layout)
        {
            case PixelLayout.Gray8:
                operations.ToL8Bytes(configuration, source, row, source.Length);
                break;
            case PixelLayout.GrayAlpha16:
                operations.ToLa16Bytes(configuration, source, row, source.Length);
                break;
            case PixelLayout.Rgb24:
                operations.ToRgb24Bytes(configuration, source, row, source.Length);
                break;
            case PixelLayout.Gray16:
                operations.ToL16Bytes(configuration, source, row, source.Length);
                break;
            case PixelLayout.GrayAlpha32:
                operations.ToLa32Bytes(configuration, source, row, source.Length);
                break;
            case PixelLayout.Rgb48:
                operations.ToRgb48Bytes(configuration, source, row, source.Length);
                break;
            case PixelLayout.Rgba64:
                operations.ToRgba64Bytes(configuration, source, row, source.Length);
                break;
            default:
                operations.ToRgba32Bytes(configuration, source, row, source.Length);
                break;
        }
    }
}
