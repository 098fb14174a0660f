using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Chapter 3: an area of latent positions, of a tile or of the whole padded picture.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
internal sealed record LatentArea(int Top, int Left, int Rows, int Columns)
{
    /// <summary>Section 3.1: all latents.</summary>
    public static LatentArea OfPicture(Header header) => new(0, 0, Latents(header.Height), Latents(header.Width));

    /// <summary>Section 3.2: the latents of a tile.</summary>
    public static LatentArea OfTile(Header header, int column, int row)
    {
        LatentArea picture = OfPicture(header);
        int side = 4 * header.TileUnits;
        int left = column * side;
        int top = row * side;
        return new LatentArea(top, left, Math.Min(side, picture.Rows - top), Math.Min(side, picture.Columns - left));
    }

    /// <summary>A sixteenth of a side that is rounded up to a multiple of 64.</summary>
    private static int Latents(int side) => (side + 63) / 64 * 4;
}
