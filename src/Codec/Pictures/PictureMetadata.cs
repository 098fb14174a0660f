namespace VaeCodec;

/// <summary>What travels beside the pixels, byte for byte: colour profile, camera data, editing data.</summary>
public sealed record PictureMetadata
{
    /// <summary>No metadata.</summary>
    public static PictureMetadata None { get; } = new();

    /// <summary>The ICC profile, or null.</summary>
    public byte[]? IccProfile { get; init; }

    /// <summary>The EXIF data (TIFF structure, starting "II" or "MM", without JPEG's "Exif\0\0" prefix), or null. Orientation lives in it.</summary>
    public byte[]? Exif { get; init; }

    /// <summary>The XMP packet (UTF-8 XML), or null.</summary>
    public byte[]? Xmp { get; init; }
}
