namespace VaeCodec.Format;

/// <summary>The kinds of metadata a container carries, each at most once.</summary>
public enum MetadataKind
{
    /// <summary>An ICC profile; section 'I'.</summary>
    IccProfile,

    /// <summary>An EXIF block, from its TIFF header on; section 'E'.</summary>
    Exif,

    /// <summary>An XMP packet, UTF-8; section 'X'.</summary>
    Xmp,
}
