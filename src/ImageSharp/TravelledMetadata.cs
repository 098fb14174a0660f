using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

namespace VaeCodec.ImageSharp;

/// <summary>Gives a picture of ImageSharp what travelled beside its pixels.</summary>
internal static class TravelledMetadata
{
    private const ushort Centimetres = 3;

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

    /// <summary>Takes over the resolution that EXIF states. ImageSharp keeps one of its own beside it, 96 dots an inch unless it is told, and writes that over EXIF's.</summary>
    private static void ApplyResolution(ImageMetadata metadata)
    {
        if (metadata.ExifProfile is not { } exif || !exif.TryGetValue(ExifTag.XResolution, out IExifValue<Rational>? x) || !exif.TryGetValue(ExifTag.YResolution, out IExifValue<Rational>? y)
            || x.Value.ToDouble() is not > 0 || y.Value.ToDouble() is not > 0)
        {
            return;
        }

        bool isMetric = exif.TryGetValue(ExifTag.ResolutionUnit, out IExifValue<ushort>? unit) && unit.Value == Centimetres;
        (metadata.HorizontalResolution, metadata.VerticalResolution) = (x.Value.ToDouble(), y.Value.ToDouble());
        metadata.ResolutionUnits = isMetric ? PixelResolutionUnit.PixelsPerCentimeter : PixelResolutionUnit.PixelsPerInch;
    }
}
