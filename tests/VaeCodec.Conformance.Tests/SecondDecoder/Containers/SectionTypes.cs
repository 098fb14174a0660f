namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Sections 2.3.2 and 2.10: the types of sections, whether they are critical, and the bounds of their payloads.</summary>
internal static class SectionTypes
{
    public const char Header = 'H';
    public const char IccProfile = 'I';
    public const char Exif = 'E';
    public const char Xmp = 'X';
    public const char Tile = 'T';
    public const char Digest = 'D';
    public const char Index = 'N';
    public const char End = 'Z';

    /// <summary>The rules from which on the header has bounds of errors.</summary>
    private const int FirstWithBounds = 4;

    /// <summary>The rules from which on 'D' is known.</summary>
    public const int FirstWithDigest = 4;

    private const long MostPacked = 1L << 30;

    /// <summary>Whether a section of a type must be critical; null for types that are unknown.</summary>
    /// <param name="type">The type.</param>
    /// <param name="rules">The minor version of major version 0 whose rules the file follows.</param>
    public static bool? IsCritical(char type, int rules) => type switch
    {
        Header or Tile or End => true,
        Digest => rules >= FirstWithDigest ? false : null,
        IccProfile or Exif or Xmp or Index => false,
        _ => null,
    };

    /// <summary>Least and greatest length of a payload of a known type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="rules">The minor version of major version 0 whose rules the file follows.</param>
    /// <param name="header">The file's header; null while it is read itself.</param>
    public static (long Least, long Most) Bounds(char type, int rules, Header? header) => type switch
    {
        Header => rules >= FirstWithBounds ? (56, 119) : (52, 115),
        IccProfile or Exif or Xmp => (6, MostPacked + 5),
        Tile => (9, 64 + (16 * LargestTile(header!))),
        Digest when rules >= FirstWithDigest => (32, 32),
        Index => (12L * header!.Tiles, 12L * header.Tiles),
        End => (12, 12),
        _ => (0, uint.MaxValue),
    };

    /// <summary>Pixels of the largest tile, rounded up to multiples of 64 (section 2.6).</summary>
    private static long LargestTile(Header header)
    {
        long width = Math.Min(RoundUp(header.Width), header.TileSide);
        long height = Math.Min(RoundUp(header.Height), header.TileSide);
        return width * height;
    }

    private static long RoundUp(long side) => (side + 63) / 64 * 64;
}
