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
    public static byte[] Create(string kind, int width, int height, PixelLayout layout)
    {
        int channels = layout.Channels();
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
