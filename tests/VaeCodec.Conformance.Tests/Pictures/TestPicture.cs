using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Pictures;

/// <summary>
/// The pictures of the vectors, in integer arithmetic only. They are part of the golden vectors: what a name gives never
/// changes.
/// </summary>
internal static class TestPicture
{
    /// <summary>Makes a picture's pixels, row after row.</summary>
    /// <param name="kind">scene, noise, flat, checks, ramp, page, texture or half a page.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="layout">The samples of a pixel. Alpha has slopes, edges, and places that are transparent or opaque.</param>
    /// <param name="depth">Bits of a sample.</param>
    /// <param name="spread">Whether samples of more than 8 bits are those of 8 spread over the range, which leaves values out, rather than 8 bits and as many of noise as are left.</param>
    public static byte[] Create(string kind, int width, int height, PixelLayout layout, int depth = 8, bool spread = false)
    {
        int colours = layout.ColourChannels(), channels = layout.Channels(), pixels = width * height;
        byte[] colour = Colour(kind, width, height, colours), samples = new byte[pixels * channels];
        for (int i = 0; i < pixels; i++)
        {
            colour.AsSpan(i * colours, colours).CopyTo(samples.AsSpan(i * channels));
            if (channels > colours)
            {
                samples[(i * channels) + colours] = Alpha(i % width, i / width);
            }
        }

        return layout.BytesPerSample() == 1 ? samples : Deepen(samples, depth, spread);
    }

    private static byte[] Deepen(byte[] samples, int depth, bool spread)
    {
        byte[] deep = new byte[2 * samples.Length];
        int most = (1 << depth) - 1, noise = (1 << (depth - 8)) - 1;
        for (int i = 0; i < samples.Length; i++)
        {
            bool exact = spread || samples[i] is 0 or 255;
            int sample = exact ? ((samples[i] * most) + 127) / 255 : (samples[i] << (depth - 8)) | ((int)Scatter((uint)i) & noise);
            (deep[2 * i], deep[(2 * i) + 1]) = ((byte)sample, (byte)(sample >> 8));
        }

        return deep;
    }

    private static byte Alpha(int x, int y)
    {
        int slope = ((x * 5) + (y * 3)) % 700;
        return slope < 200 ? (byte)0 : slope < 328 ? (byte)((slope - 200) * 2) : (x / 9 % 7) == 3 && y % 5 < 3 ? (byte)128 : (byte)255;
    }

    private static byte[] Colour(string kind, int width, int height, int channels)
    {
        byte[] pixels = new byte[width * height * channels];
        SeededRandom random = new(((ulong)width << 32) | (uint)height);
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    pixels[i++] = kind switch
                    {
                        "scene" => Scene(x, y, c, random),
                        "noise" => (random.Next() >> 63) == 0 ? (byte)0 : (byte)255,
                        "flat" => (byte)(0xB4A03C >> (8 * c)),
                        "checks" => (((x >> 1) ^ (y >> 1)) & 1) == 0 ? (byte)250 : (byte)(5 + (60 * c)),
                        "ramp" => (byte)((c == 1 ? y : x) * 255 / Math.Max((c == 1 ? height : width) - 1, 1)),
                        "page" => Page(x, y, c),
                        "texture" => Texture(x, y, c),
                        "half-page" => x < width / 2 ? Page(x, y, c) : Scene(x, y, c, random),
                        _ => throw new ArgumentException($"There is no picture \"{kind}\".", nameof(kind)),
                    };
                }
            }
        }

        return pixels;
    }

    /// <summary>Lines of sixteen made-up letters in cells of 7 x 12, of four shades, some of them coloured; every fifth line is left out.</summary>
    private static byte Page(int x, int y, int channel)
    {
        (int column, int row, int inX, int inY) = (x / 7, y / 12, x % 7, y % 12);
        uint letter = Scatter((uint)((column * 31) + (row % 9 * 17))) & 15;
        if (row % 5 == 4 || inX == 6 || inY > 8 || (column + (row * 3)) % 11 == 0)
        {
            return 250;
        }

        int shade = (int)(Scatter((letter * 64) + ((uint)inX / 2 * 8) + ((uint)inY / 2)) % 5);
        return shade > 3 ? (byte)250 : (byte)((shade * 60) + (row % 3 == 1 ? 20 * channel : 0));
    }

    /// <summary>A patch of 24 x 20 pixels of twelve colours, over and over, with one pixel in forty changed.</summary>
    private static byte Texture(int x, int y, int channel)
    {
        uint index = Scatter((uint)((y % 20 * 24) + (x % 24) + 1)) % 12;
        uint change = Scatter((uint)((y * 4096) + x + 7777));
        index = change % 40 == 0 ? change / 40 % 12 : index;
        return (byte)((20 * index) + (uint)(5 * channel));
    }

    private static uint Scatter(uint value)
    {
        value = (value ^ (value >> 15)) * 0x2C1B3C6Du;
        value = (value ^ (value >> 12)) * 0x297A2D39u;
        return value ^ (value >> 15);
    }

    /// <summary>Slopes, discs with hard edges, a grating that grows finer, and a little grain.</summary>
    private static byte Scene(int x, int y, int channel, SeededRandom random)
    {
        int value = 40 + ((x * (3 - channel)) >> 3) + ((y * (1 + channel)) >> 2);
        value = (value & 0x100) == 0 ? value & 0xFF : 0xFF - (value & 0xFF);
        for (int disc = 0; disc < 3; disc++)
        {
            int dx = (x % 190) - 40 - (55 * disc), dy = (y % 170) - 30 - (45 * disc), radius = 18 + (7 * disc);
            if ((dx * dx) + (dy * dy) < radius * radius)
            {
                value = ((value + (97 * (disc + 1)) + (61 * channel)) & 0xFF) | 1;
            }
        }

        if (y % 128 > 100)
        {
            int width = 2 + ((x >> 5) & 7);
            value = (value + ((x / width & 1) * 90)) / 2;
        }

        return (byte)Math.Clamp(value + (int)(random.Next() & 7) - 4, 0, 255);
    }
}
