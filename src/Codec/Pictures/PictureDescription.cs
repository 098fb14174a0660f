namespace VaeCodec;

/// <summary>What is known of a picture before its first row: size, layout, colour, metadata.</summary>
/// <param name="Width">Width in pixels, at least 1.</param>
/// <param name="Height">Height in pixels, at least 1.</param>
/// <param name="Layout">Sample layout of a pixel.</param>
public sealed record PictureDescription(int Width, int Height, PixelLayout Layout)
{
    /// <summary>The colour space; sRGB unless the source says otherwise.</summary>
    public ColourCodePoints Colour { get; init; } = ColourCodePoints.Srgb;

    /// <summary>ICC, EXIF and XMP.</summary>
    public PictureMetadata Metadata { get; init; } = PictureMetadata.None;

    /// <summary>Bytes in a row: width times channels, no padding.</summary>
    public int RowBytes => checked(Width * Layout.Channels());
}
