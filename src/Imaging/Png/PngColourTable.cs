namespace VaeCodec.Imaging.Png;

/// <summary>The pixel that each value of a scanline stands for, where pixels are palette indices or grey of at most 8 bits.</summary>
internal sealed class PngColourTable
{
    private readonly byte[] _pixels;

    private PngColourTable(PixelLayout layout, int entries)
    {
        Layout = layout;
        Entries = entries;
        PixelBytes = layout.BytesPerPixel();
        _pixels = new byte[entries * PixelBytes];
    }

    /// <summary>What the pixels are: 8 bits a sample.</summary>
    internal PixelLayout Layout { get; }

    /// <summary>How many values have a pixel.</summary>
    internal int Entries { get; }

    /// <summary>Bytes of a pixel.</summary>
    internal int PixelBytes { get; }

    /// <summary>All pixels, one after the other.</summary>
    internal ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>A palette: grey where all its colours are, and without alpha where all of them are opaque.</summary>
    /// <param name="palette">The payload of PLTE.</param>
    /// <param name="alpha">The payload of tRNS, empty without: the alpha of the first entries; the others are opaque.</param>
    internal static PngColourTable OfPalette(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alpha)
    {
        bool grey = IsGrey(palette);
        PixelLayout layout = alpha.ContainsAnyExcept(byte.MaxValue)
            ? grey ? PixelLayout.GrayAlpha16 : PixelLayout.Rgba32
            : grey ? PixelLayout.Gray8 : PixelLayout.Rgb24;
        var table = new PngColourTable(layout, palette.Length / 3);
        for (int i = 0; i < table.Entries; i++)
        {
            Span<byte> pixel = table.Pixel(i);
            palette.Slice(3 * i, layout.ColourChannels()).CopyTo(pixel);
            if (layout.HasAlpha())
            {
                pixel[^1] = i < alpha.Length ? alpha[i] : byte.MaxValue;
            }
        }

        return table;
    }

    /// <summary>Grey of 1, 2, 4 or 8 bits.</summary>
    /// <param name="bitDepth">Bits of a sample.</param>
    /// <param name="transparent">The value, as stored, that is transparent; null where none is.</param>
    internal static PngColourTable OfGrey(int bitDepth, int? transparent)
    {
        int most = (1 << bitDepth) - 1;
        var table = new PngColourTable(transparent is null ? PixelLayout.Gray8 : PixelLayout.GrayAlpha16, most + 1);
        for (int i = 0; i <= most; i++)
        {
            // 255 is a multiple of 1, 3 and 15, so this is exact (13.12).
            Span<byte> pixel = table.Pixel(i);
            pixel[0] = (byte)(i * (255 / most));
            if (transparent is not null)
            {
                pixel[1] = i == transparent ? (byte)0 : byte.MaxValue;
            }
        }

        return table;
    }

    private Span<byte> Pixel(int entry) => _pixels.AsSpan(entry * PixelBytes, PixelBytes);

    private static bool IsGrey(ReadOnlySpan<byte> palette)
    {
        for (int i = 0; i + 2 < palette.Length; i += 3)
        {
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2])
            {
                return false;
            }
        }

        return true;
    }
}
