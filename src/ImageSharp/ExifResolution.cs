using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace VaeCodec.ImageSharp;

/// <summary>The resolution that a picture's EXIF states. ImageSharp keeps one of its own beside it, 96 dots an inch unless it is told, and writes that over EXIF's.</summary>
internal static class ExifResolution
{
    private const ushort Centimetres = 3;

    /// <summary>Takes it over.</summary>
    /// <param name="metadata">The picture's metadata, with its EXIF.</param>
    public static void Apply(ImageMetadata metadata)
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
