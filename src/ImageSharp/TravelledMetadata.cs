using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Qoi;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

namespace VaeCodec.ImageSharp;

/// <summary>Gives a picture of ImageSharp what travelled beside its pixels.</summary>
internal static class TravelledMetadata
{
    private const ushort NoUnit = 1;
    private const ushort Inches = 2;
    private const ushort Centimetres = 3;

    /// <summary>96 dots an inch, rounded.</summary>
    private const double DefaultPixelsPerMetre = 3780;

    /// <summary>What is denser is no resolution of a picture, and thousandths of it would leave a rational's 32 bits.</summary>
    private const double MaxPixelsPerUnit = 4_000_000;

    /// <summary>Takes ICC, EXIF and XMP over.</summary>
    /// <param name="metadata">The picture's metadata.</param>
    /// <param name="travelled">What travelled.</param>
    public static void Apply(ImageMetadata metadata, PictureMetadata travelled)
    {
        metadata.IccProfile = travelled.IccProfile is { } icc ? new IccProfile(icc) : null;
        metadata.ExifProfile = travelled.Exif is { } exif ? new ExifProfile(exif) : null;
        metadata.XmpProfile = travelled.Xmp is { } xmp ? new XmpProfile(xmp) : null;
        ApplyResolution(metadata);
    }

    /// <summary>EXIF that states the picture's resolution where it does not yet, and the picture has one that was read or set. ImageSharp has one for those that have none: 96 dots an inch, of BMP as many in a metre, and of QOI a pixel of the picture's own shape.</summary>
    /// <param name="exif">The picture's EXIF, which stays as it is; null for none.</param>
    /// <param name="metadata">The picture's metadata.</param>
    public static ExifProfile? WithResolution(ExifProfile? exif, ImageMetadata metadata)
    {
        (double x, double y, PixelResolutionUnit unit) = (metadata.HorizontalResolution, metadata.VerticalResolution, metadata.ResolutionUnits);
        bool isDefault = unit switch
        {
            PixelResolutionUnit.PixelsPerInch => x == ImageMetadata.DefaultHorizontalResolution && y == ImageMetadata.DefaultVerticalResolution,
            PixelResolutionUnit.PixelsPerMeter => x == DefaultPixelsPerMetre && y == DefaultPixelsPerMetre && metadata.DecodedImageFormat is BmpFormat,
            PixelResolutionUnit.AspectRatio => x == y || metadata.DecodedImageFormat is QoiFormat,
            _ => false,
        };
        if (isDefault || x is not (> 0 and < MaxPixelsPerUnit) || y is not (> 0 and < MaxPixelsPerUnit) || exif?.TryGetValue(ExifTag.XResolution, out _) == true)
        {
            return exif;
        }

        // EXIF has no metres; a hundredth of what lies in one lies in a centimetre.
        bool isInMetres = unit == PixelResolutionUnit.PixelsPerMeter;
        uint parts = isInMetres ? 100u : double.IsInteger(x) && double.IsInteger(y) ? 1u : 1000u;
        uint scale = isInMetres ? 1 : parts;
        ExifProfile stated = exif?.DeepClone() ?? new ExifProfile();
        stated.SetValue(ExifTag.XResolution, new Rational((uint)Math.Round(x * scale), parts, simplify: false));
        stated.SetValue(ExifTag.YResolution, new Rational((uint)Math.Round(y * scale), parts, simplify: false));
        stated.SetValue(ExifTag.ResolutionUnit, unit switch { PixelResolutionUnit.AspectRatio => NoUnit, PixelResolutionUnit.PixelsPerInch => Inches, _ => Centimetres });
        return stated;
    }

    /// <summary>Takes over the resolution that EXIF states. ImageSharp keeps one of its own beside it, 96 dots an inch unless it is told, and writes that over EXIF's.</summary>
    private static void ApplyResolution(ImageMetadata metadata)
    {
        if (metadata.ExifProfile is not { } exif || !exif.TryGetValue(ExifTag.XResolution, out IExifValue<Rational>? x) || !exif.TryGetValue(ExifTag.YResolution, out IExifValue<Rational>? y)
            || x.Value.ToDouble() is not > 0 || y.Value.ToDouble() is not > 0)
        {
            return;
        }

        ushort unit = exif.TryGetValue(ExifTag.ResolutionUnit, out IExifValue<ushort>? stated) ? stated.Value : Inches;
        (metadata.HorizontalResolution, metadata.VerticalResolution) = (x.Value.ToDouble(), y.Value.ToDouble());
        metadata.ResolutionUnits = unit switch { NoUnit => PixelResolutionUnit.AspectRatio, Centimetres => PixelResolutionUnit.PixelsPerCentimeter, _ => PixelResolutionUnit.PixelsPerInch };
    }
}
