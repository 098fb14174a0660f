namespace VaeCodec.Tool;

/// <summary>Kinds of metadata.</summary>
[Flags]
internal enum MetadataKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The ICC profile.</summary>
    Icc = 1,

    /// <summary>EXIF.</summary>
    Exif = 2,

    /// <summary>XMP.</summary>
    Xmp = 4,

    /// <summary>All three.</summary>
    All = Icc | Exif | Xmp,
}
