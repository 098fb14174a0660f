namespace VaeCodec.Tests.Support;

/// <summary>Pictures with smooth shades, edges and some noise, the same for the same seed.</summary>
internal static class TestPicture
{
    public static byte[] Pixels(PictureDescription picture, int seed)
    {
        Random random = new(seed);
        int channels = picture.RowBytes / picture.Width;
        double[] phase = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() * 6)];
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            int channel = i % channels, x = i / channels % picture.Width, y = i / picture.RowBytes;
            double value = 128 + (60 * Math.Sin((x / 37.0) + phase[channel])) + (40 * Math.Cos((y / 23.0) + phase[3 + channel]));
            value += ((x / 50) + (y / 40)) % 3 == 0 ? 25 : 0;
            pixels[i] = (byte)Math.Clamp(value + random.Next(-4, 5), 0, 255);
        }

        return pixels;
    }

    public static (PictureDescription Picture, byte[] Pixels) Create(int width, int height, PixelLayout layout = PixelLayout.Rgb24, int seed = 1)
    {
        PictureDescription picture = new(width, height, layout);
        return (picture, Pixels(picture, seed));
    }

    public static double Psnr(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Assert.Equal(left.Length, right.Length);
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }

        return sum == 0 ? 99 : 10 * Math.Log10(255.0 * 255 * left.Length / sum);
    }
}
