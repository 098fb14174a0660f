namespace VaeCodec.Format;

/// <summary>The section types; the values are ASCII letters. Other values are unknown types.</summary>
internal enum SectionType : byte
{
    Header = (byte)'H',
    IccProfile = (byte)'I',
    Exif = (byte)'E',
    Xmp = (byte)'X',
    Tile = (byte)'T',

    /// <summary>From version 0.4 on; in older files a type like any that is not known.</summary>
    Digest = (byte)'D',
    Index = (byte)'N',
    End = (byte)'Z',
}
