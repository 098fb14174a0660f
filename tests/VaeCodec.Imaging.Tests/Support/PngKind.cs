using VaeCodec.Imaging.Tests.Png;

namespace VaeCodec.Imaging.Tests.Support;

/// <summary>A PNG of any kind built by hand from random samples, and the pixels that the standard says it has.</summary>
internal sealed class PngKind
{
    private readonly int[] _samples;
    private readonly byte[] _palette = [];
    private readonly byte[]? _transparency;

    /// <param name="random">Chooses samples, palette and transparency.</param>
    /// <param name="colour">Colour type.</param>
    /// <param name="depth">Bits of a sample.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="transparent">Whether there is a tRNS chunk; colour types 0, 2 and 3 may have one.</param>
    internal PngKind(Random random, byte colour, byte depth, int width, int height, bool transparent)
    {
        (Colour, Depth, Width, Height) = (colour, depth, width, height);
        Channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        int most = (1 << depth) - 1;

        // Few values, so that the transparent one comes often, and values that differ from it in one byte only.
        int[] values = [random.Next(most + 1), random.Next(most + 1)];
        values = depth == 16 ? [.. values, values[0] ^ 1, values[0] ^ 0x100] : [.. values, most];
        _samples = [.. Enumerable.Range(0, width * height * Channels).Select(_ => random.Next(4) == 0 ? random.Next(most + 1) : values[random.Next(values.Length)])];
        if (colour == 3)
        {
            _palette = new byte[3 * (most + 1)];
            random.NextBytes(_palette);
            _palette[0] = (byte)(_palette[1] + 1);
        }

        if (transparent)
        {
            _transparency = colour == 3
                ? [.. Enumerable.Range(0, random.Next(1, most + 2)).Select(i => (byte)(i == 0 ? 7 : random.Next(256)))]
                : [.. Enumerable.Range(0, Channels).SelectMany(_ => new[] { (byte)(values[0] >> 8), (byte)values[0] })];
        }
    }

    internal byte Colour { get; }

    internal byte Depth { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal int Channels { get; }

    /// <summary>The layout that must be read.</summary>
    internal PixelLayout Layout => ((Colour, Colour is 4 or 6 || _transparency is not null) switch
    {
        (0 or 4, false) => PixelLayout.Gray8,
        (0 or 4, true) => PixelLayout.GrayAlpha16,
        (_, false) => PixelLayout.Rgb24,
        (_, true) => PixelLayout.Rgba32,
    }).WithSamples(Depth == 16);

    public override string ToString() => $"{Width} x {Height}, colour type {Colour}, {Depth} bits, tRNS {_transparency is not null}";

    /// <summary>The file, with every filter type.</summary>
    internal byte[] File(Random random, bool interlaced)
    {
        PngBuilder builder = new PngBuilder().Header(Width, Height, Depth, Colour, interlaced ? (byte)1 : (byte)0);
        builder = Colour == 3 ? builder.Chunk("PLTE", _palette) : builder;
        builder = _transparency is not null ? builder.Chunk("tRNS", _transparency) : builder;
        byte[] stored = Depth == 16 ? [.. _samples.SelectMany(s => new[] { (byte)(s >> 8), (byte)s })] : [.. _samples.Select(s => (byte)s)];
        int channels = Depth == 16 ? 2 * Channels : Channels;
        byte[] scanlines = interlaced ? Adam7.Scanlines(stored, Width, channels, Depth, random) : Scanlines(stored, channels, random);
        return builder.Pixels(scanlines, 1 + random.Next(5000)).End();
    }

    /// <summary>The pixels in memory, worked out sample by sample.</summary>
    internal byte[] Expected()
    {
        List<byte> pixels = [];
        int most = (1 << Depth) - 1;
        for (int i = 0; i < _samples.Length; i += Channels)
        {
            int[] pixel = _samples[i..(i + Channels)];
            bool keyed = _transparency is not null && Colour != 3
                && pixel.Select((s, c) => s == ((_transparency[2 * c] << 8) | _transparency[(2 * c) + 1])).All(same => same);
            if (Colour == 3)
            {
                pixels.AddRange(_palette.AsSpan(3 * pixel[0], 3));
                pixels.AddRange(_transparency is null ? [] : pixel[0] < _transparency.Length ? [_transparency[pixel[0]]] : [255]);
                continue;
            }

            int[] all = _transparency is null ? pixel : [.. pixel, keyed ? 0 : most];
            pixels.AddRange(Depth == 16 ? all.SelectMany(s => new[] { (byte)s, (byte)(s >> 8) }) : all.Select(s => (byte)(s * 255 / most)));
        }

        return [.. pixels];
    }

    private byte[] Scanlines(byte[] stored, int channels, Random random)
    {
        List<byte> file = [];
        byte[]? above = null;
        for (int y = 0; y < Height; y++)
        {
            byte[] line = stored.AsSpan(y * Width * channels, Width * channels).ToArray();
            line = Depth < 8 ? PngReadTests.Pack(line, Depth) : line;
            byte filter = (byte)random.Next(5);
            file.Add(filter);
            file.AddRange(PngFilterTests.Do(filter, line, above ?? new byte[line.Length], channels));
            above = line;
        }

        return [.. file];
    }
}
