namespace VaeCodec;

/// <summary>A part of a picture, in pixels of the picture as it is stored: EXIF's orientation turns none of it.</summary>
/// <param name="X">Pixels on the left of it.</param>
/// <param name="Y">Rows above it.</param>
/// <param name="Width">Its width, at least 1.</param>
/// <param name="Height">Its height, at least 1.</param>
public readonly record struct PictureRegion(int X, int Y, int Width, int Height)
{
    /// <inheritdoc/>
    public override string ToString() => $"{X},{Y},{Width},{Height}";
}
