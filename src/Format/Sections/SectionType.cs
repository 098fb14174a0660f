namespace VaeCodec.Format;

/// <summary>The section types of format 0.1; the values are ASCII letters. Other values are unknown types.</summary>
internal enum SectionType : byte
{
    Header = (byte)'H',
    IccProfile = (byte)'I',
    Exif = (byte)'E',
    Xmp = (byte)'X',
    Tile = (byte)'T',
    Index = (byte)'N',
    End = (byte)'Z',
}
