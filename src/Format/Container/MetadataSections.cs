namespace VaeCodec.Format;

/// <summary>The metadata of a file, unpacked. The arrays belong to the caller.</summary>
/// <param name="IccProfile">The ICC profile, or null.</param>
/// <param name="Exif">The EXIF block, or null.</param>
/// <param name="Xmp">The XMP packet, or null.</param>
public sealed record MetadataSections(byte[]? IccProfile, byte[]? Exif, byte[]? Xmp);
