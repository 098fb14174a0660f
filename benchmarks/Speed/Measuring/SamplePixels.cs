using VaeCodec.Imaging;

namespace VaeCodec.Speed.Measuring;

/// <summary>The generated picture in memory.</summary>
internal static class SamplePixels
{
    /// <summary>Makes a picture.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <returns>What it is, and its rows from the top.</returns>
    public static async Task<(PictureDescription Picture, byte[] Pixels)> CreateAsync(int width, int height)
    {
        SamplePicture sample = new(width, height);
        byte[] pixels = new byte[sample.Picture.RowBytes * height];
        await sample.ReadRowsAsync(pixels, height, CancellationToken.None);
        return (sample.Picture, pixels);
    }
}
