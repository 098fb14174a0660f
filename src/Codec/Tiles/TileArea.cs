using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;

namespace VaeCodec.Tiles;

/// <summary>Where a tile lies among the latents.</summary>
/// <param name="Column">First column of latents.</param>
/// <param name="Row">First row of latents.</param>
/// <param name="Width">Latents in a row; a multiple of 4.</param>
/// <param name="Height">Rows of latents; a multiple of 4.</param>
internal readonly record struct TileArea(int Column, int Row, int Width, int Height)
{
    /// <summary>Latents along the side of a full tile.</summary>
    public static int Side(int tileSize) => tileSize / ModelDescription.LatentStride;

    /// <summary>The area of a tile: a full one, or what is left of the padded picture at its right and lower edge.</summary>
    /// <param name="tileColumn">Column of tiles.</param>
    /// <param name="tileRow">Row of tiles.</param>
    /// <param name="tileSize">Side of a tile in pixels.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    public static TileArea Of(int tileColumn, int tileRow, int tileSize, int width, int height)
    {
        int side = Side(tileSize);
        int latentWidth = ModelDescription.PadSide(width) / ModelDescription.LatentStride;
        int latentHeight = ModelDescription.PadSide(height) / ModelDescription.LatentStride;
        int column = tileColumn * side, row = tileRow * side;
        return new TileArea(column, row, Math.Min(side, latentWidth - column), Math.Min(side, latentHeight - row));
    }
}
