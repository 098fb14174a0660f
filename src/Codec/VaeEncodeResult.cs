namespace VaeCodec;

/// <summary>What an encode produced.</summary>
/// <param name="Width">Width of the picture in pixels.</param>
/// <param name="Height">Height of the picture in pixels.</param>
/// <param name="FileBytes">Bytes written, the whole file.</param>
/// <param name="TileCount">Number of tiles.</param>
public sealed record VaeEncodeResult(int Width, int Height, long FileBytes, int TileCount)
{
    /// <summary>Side of a tile in pixels: the one that was asked for, or the encoder's choice.</summary>
    public int TileSize { get; init; }

    /// <summary>Bits of the file per pixel of the picture.</summary>
    public double BitsPerPixel => 8.0 * FileBytes / ((double)Width * Height);
}
