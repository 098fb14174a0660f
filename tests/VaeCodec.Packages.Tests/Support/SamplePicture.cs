using VaeCodec.Imaging;

namespace VaeCodec.Packages.Tests;

/// <summary>A small picture that is the same each time.</summary>
internal static class SamplePicture
{
    public const int Width = 200;
    public const int Height = 120;

    public static byte[] Pixels(int seed = 1)
    {
        byte[] pixels = new byte[Width * Height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i / 3, Width);
            pixels[i] = (byte)(128 + (50 * Math.Sin((x * 0.05 * seed) + (i % 3))) + (40 * Math.Cos(y * 0.08)) + (i * 7919 % 11));
        }

        return pixels;
    }

    /// <summary>Writes it as PNG.</summary>
    public static async Task WriteAsync(string path, int seed = 1)
    {
        await using FileStream stream = File.Create(path);
        IRowSink sink = PictureWriter.Create(stream, PictureFormat.Png);
        await sink.BeginAsync(new PictureDescription(Width, Height, PixelLayout.Rgb24), default);
        await sink.WriteRowsAsync(Pixels(seed), Height, default);
        await sink.EndAsync(default);
    }

    /// <summary>Reads a picture's samples.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using IPictureReader reader = await PictureReader.OpenAsync(stream);
        byte[] pixels = new byte[reader.Picture.RowBytes * reader.Picture.Height];
        await reader.ReadRowsAsync(pixels, reader.Picture.Height, default);
        await reader.CompleteAsync(default);
        return pixels;
    }
}
