using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Deep;

/// <summary>A picture of any layout and depth, and its samples as numbers.</summary>
internal sealed record DeepPicture(PictureDescription Picture, byte[] Pixels)
{
    /// <summary>Makes one: smooth colour with some grain; alpha with a slope, a transparent corner and an opaque one.</summary>
    public static DeepPicture Create(int width, int height, PixelLayout layout, int depth, int seed = 1)
    {
        PictureDescription picture = new(width, height, layout) { BitDepth = depth };
        byte[] colour = TestPicture.Pixels(new PictureDescription(width, height, PixelLayout.Rgb24), seed);
        int channels = layout.Channels(), colours = layout.ColourChannels();
        int[] samples = new int[width * height * channels];
        Random random = new(seed);
        for (int i = 0; i < samples.Length; i++)
        {
            int pixel = i / channels, channel = i % channels;
            int wanted = channel < colours ? colour[(3 * pixel) + channel] : Math.Clamp((pixel % width * 4) + (pixel / width * 2) - 200 + random.Next(-5, 6), 0, 255);
            int fine = channel < colours ? random.Next(1 << (depth - 8)) : 0;
            samples[i] = channel < colours ? (wanted << (depth - 8)) | fine : wanted * picture.MaxSample / 255;
        }

        return new DeepPicture(picture, ToBytes(samples, layout));
    }

    /// <summary>The samples of pixels as numbers.</summary>
    public static int[] ToSamples(byte[] pixels, PixelLayout layout) => layout.BytesPerSample() == 1
        ? [.. pixels.Select(sample => (int)sample)]
        : [.. Enumerable.Range(0, pixels.Length / 2).Select(i => pixels[2 * i] | (pixels[(2 * i) + 1] << 8))];

    /// <summary>Numbers as the samples of pixels.</summary>
    public static byte[] ToBytes(int[] samples, PixelLayout layout) => layout.BytesPerSample() == 1
        ? [.. samples.Select(sample => (byte)sample)]
        : [.. samples.SelectMany(sample => (byte[])[(byte)sample, (byte)(sample >> 8)])];

    /// <summary>Alpha of each pixel.</summary>
    public static int[] Alpha(byte[] pixels, PixelLayout layout)
        => [.. ToSamples(pixels, layout).Where((_, i) => i % layout.Channels() == layout.Channels() - 1)];

    /// <summary>PSNR of the colour samples of pixels that are not transparent.</summary>
    public double Psnr(byte[] decoded)
    {
        PixelLayout layout = Picture.Layout;
        int[] left = ToSamples(Pixels, layout), right = ToSamples(decoded, layout);
        int channels = layout.Channels(), colours = layout.ColourChannels();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < left.Length; i++)
        {
            if (i % channels < colours && (channels == colours || left[(i / channels * channels) + colours] > 0))
            {
                sum += Math.Pow(left[i] - right[i], 2);
                count++;
            }
        }

        return 10 * Math.Log10((double)Picture.MaxSample * Picture.MaxSample * count / sum);
    }
}
