using VaeCodec.Models.Description;

namespace VaeCodec.Tiles;

/// <summary>
/// The tiles of pages: larger than those of photographs, because what repeats itself is remembered for a tile only, and of even widths. A page of 1080 pixels, one tile wide in place of three,
/// gains up to 3 dB at equal size.
/// </summary>
internal static class PageTiles
{
    /// <summary>Rows from the top that tell what a picture is, unless they take more than <see cref="MostBytes"/>.</summary>
    private const int Rows = 512;

    private const int MostBytes = 16 << 20;

    private const int Narrowest = 1024;
    private const int Widest = 1536;

    /// <summary>Bytes of the rows that are held: they come one first, then in whole blocks.</summary>
    public static long HeldBytes(PictureDescription picture)
    {
        long blocks = (HeldRows(picture) - 1 + PictureEncoding.BlockRows - 1) / PictureEncoding.BlockRows;
        return Math.Min(picture.Height, 1 + (blocks * PictureEncoding.BlockRows)) * picture.RowBytes;
    }

    /// <summary>How many rows are looked at.</summary>
    public static int HeldRows(PictureDescription picture) => Math.Min(Math.Min(Rows, Math.Max(2, MostBytes / picture.RowBytes)), picture.Height);

    /// <summary>The side of a tile of a page so many pixels wide.</summary>
    public static int Side(int width)
    {
        long columns = (width + Widest - 1L) / Widest, side = (width + columns - 1) / columns;
        return (int)Math.Max(Narrowest, (side + ModelDescription.SizeMultiple - 1) / ModelDescription.SizeMultiple * ModelDescription.SizeMultiple);
    }
}
