namespace VaeCodec.Imaging.Png;

/// <summary>Chunk types as big-endian numbers of their four letters (PNG third edition, 5.3 and 11).</summary>
internal static class PngChunkType
{
    internal const uint Ihdr = 0x49484452;
    internal const uint Plte = 0x504C5445;
    internal const uint Idat = 0x49444154;
    internal const uint Iend = 0x49454E44;
    internal const uint Trns = 0x74524E53;
    internal const uint Iccp = 0x69434350;
    internal const uint Srgb = 0x73524742;
    internal const uint Cicp = 0x63494350;
    internal const uint Gama = 0x67414D41;
    internal const uint Chrm = 0x6348524D;
    internal const uint Exif = 0x65584966;
    internal const uint Itxt = 0x69545874;
    internal const uint Phys = 0x70485973;
    internal const uint Actl = 0x6163544C;

    /// <summary>Whether the four bytes are ASCII letters, as they must be.</summary>
    internal static bool IsValid(uint type)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            if (!char.IsAsciiLetter((char)((type >> shift) & 0xFF)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An upper-case first letter: a reader that does not know the chunk cannot show the picture.</summary>
    internal static bool IsCritical(uint type) => (type & 0x20000000) == 0;

    internal static string Name(uint type) => IsValid(type)
        ? string.Create(4, type, static (name, t) =>
        {
            for (int i = 0; i < 4; i++)
            {
                name[i] = (char)((t >> (24 - (8 * i))) & 0xFF);
            }
        })
        : $"0x{type:X8}";
}
