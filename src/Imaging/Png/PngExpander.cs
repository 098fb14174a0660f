namespace VaeCodec.Imaging.Png;

/// <summary>Turns scanlines of any kind that is read into rows of 8-bit samples.</summary>
internal sealed class PngExpander
{
    private readonly PngHeader _header;
    private readonly byte[] _table = new byte[256 * 3];
    private readonly int _entries;

    /// <param name="header">The header.</param>
    /// <param name="palette">The payload of PLTE when the picture has a palette.</param>
    internal PngExpander(PngHeader header, byte[]? palette)
    {
        _header = header;
        Layout = header.ColourType == PngColourType.Grey ? PixelLayout.Gray8 : PixelLayout.Rgb24;
        if (header.ColourType == PngColourType.Palette && palette is not null)
        {
            _entries = palette.Length / 3;
            Layout = IsGrey(palette) ? PixelLayout.Gray8 : PixelLayout.Rgb24;
            FillFromPalette(palette);
        }
        else if (header.ColourType == PngColourType.Grey)
        {
            int most = (1 << header.BitDepth) - 1;
            _entries = most + 1;
            for (int i = 0; i <= most; i++)
            {
                // 255 is a multiple of 1, 3 and 15, so this is exact (13.12).
                _table[i] = (byte)(i * (255 / most));
            }
        }
    }

    /// <summary>What the rows hold.</summary>
    internal PixelLayout Layout { get; }

    /// <summary>Expands a scanline.</summary>
    /// <param name="scanline">The scanline, unfiltered.</param>
    /// <param name="row">Where its pixels go, side by side.</param>
    /// <param name="pass">The pass that it belongs to.</param>
    /// <param name="y">Its number in the pass.</param>
    /// <exception cref="VaeFormatException">A pixel names a palette entry that does not exist.</exception>
    internal void Expand(ReadOnlySpan<byte> scanline, Span<byte> row, PngPass pass, int y)
    {
        if (_header.ColourType == PngColourType.Rgb || (_header.ColourType == PngColourType.Grey && _header.BitDepth == 8))
        {
            scanline.CopyTo(row);
            return;
        }

        int depth = _header.BitDepth;
        int mask = (1 << depth) - 1;
        bool grey = Layout == PixelLayout.Gray8;
        ReadOnlySpan<byte> table = _table;
        for (int x = 0; x < pass.Width; x++)
        {
            long bit = (long)x * depth;
            int value = (scanline[(int)(bit >> 3)] >> (8 - depth - (int)(bit & 7))) & mask;
            if (value >= _entries)
            {
                throw new VaeFormatException(
                    VaeError.InvalidField,
                    $"PNG: the pixel at column {pass.Column(x)} of row {pass.Row(y)} has palette index {value}, but chunk PLTE has {_entries} entries. The file is damaged.");
            }

            if (grey)
            {
                row[x] = table[value];
            }
            else
            {
                table.Slice(3 * value, 3).CopyTo(row.Slice(3 * x, 3));
            }
        }
    }

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

    private void FillFromPalette(ReadOnlySpan<byte> palette)
    {
        int channels = Layout.Channels();
        for (int i = 0; i < _entries; i++)
        {
            palette.Slice(3 * i, channels).CopyTo(_table.AsSpan(channels * i));
        }
    }
}
