using VaeCodec.Imaging;

namespace VaeCodec.RateDistortion.Pictures;

/// <summary>
/// A picture to encode: its pixels as RGB, and as files without any metadata in the formats that the programs read.
/// </summary>
/// <param name="Name">File name without folder.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">RGB, interleaved.</param>
/// <param name="Hash">SHA-256 of size and pixels, in hexadecimal.</param>
/// <param name="PpmPath">The picture as PPM.</param>
/// <param name="PngPath">The picture as PNG.</param>
internal sealed record BenchPicture(string Name, int Width, int Height, byte[] Pixels, string Hash, string PpmPath, string PngPath)
{
    /// <summary>Number of pixels.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>Size and layout.</summary>
    public PictureDescription Description => new(Width, Height, PixelLayout.Rgb24);
}
