using System.Buffers.Binary;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Png;

/// <summary>Turns scanlines of any kind into rows of samples of one byte or two, with alpha where the picture has transparency.</summary>
internal sealed class PngExpander
{
    private readonly PngHeader _header;
    private readonly PngColourTable? _table;

    /// <summary>The transparent colour as a scanline stores it, where whole bytes are compared; null where none is.</summary>
    private readonly byte[]? _key;

    /// <param name="header">The header.</param>
    /// <param name="palette">The payload of PLTE when the picture has a palette.</param>
    /// <param name="transparency">The payload of tRNS, of the length that the kind asks for; null without.</param>
    internal PngExpander(PngHeader header, byte[]? palette, byte[]? transparency)
    {
        _header = header;
        bool wide = header.BitDepth == 16;
        if (header.ColourType == PngColourType.Palette)
        {
            _table = PngColourTable.OfPalette(palette, transparency);
        }
        else if (header.ColourType == PngColourType.Grey && !wide && (header.BitDepth < 8 || transparency is not null))
        {
            // The named value has 16 bits, of which those of a sample count (11.3.2.1).
            int? transparent = transparency is null ? null : BinaryPrimitives.ReadUInt16BigEndian(transparency) & ((1 << header.BitDepth) - 1);
            _table = PngColourTable.OfGrey(header.BitDepth, transparent);
        }
        else if (transparency is not null)
        {
            _key = wide ? transparency : [transparency[1], transparency[3], transparency[5]];
        }

        bool alpha = header.HasAlpha || _key is not null;
        Layout = _table?.Layout ?? (header.ColourType is PngColourType.Grey or PngColourType.GreyAlpha
            ? alpha ? PixelLayout.GrayAlpha16 : PixelLayout.Gray8
            : alpha ? PixelLayout.Rgba32 : PixelLayout.Rgb24).WithSamples(wide);
    }

    /// <summary>What the rows hold.</summary>
    internal PixelLayout Layout { get; }

    /// <summary>Expands a scanline.</summary>
    /// <param name="scanline">The scanline, unfiltered.</param>
    /// <param name="row">Where its pixels go, side by side; as long as they are.</param>
    /// <param name="pass">The pass that it belongs to.</param>
    /// <param name="y">Its number in the pass.</param>
    /// <exception cref="VaeFormatException">A pixel names a palette entry that does not exist.</exception>
    internal void Expand(ReadOnlySpan<byte> scanline, Span<byte> row, PngPass pass, int y)
    {
        if (_table is not null)
        {
            ExpandByTable(_table, scanline, row, pass, y);
        }
        else if (_key is not null)
        {
            ExpandByKey(_key, scanline, row, pass.Width);
        }
        else if (_header.BitDepth == 16)
        {
            WideSamples.Swap(scanline, row);
        }
        else
        {
            scanline.CopyTo(row);
        }
    }

    private void ExpandByTable(PngColourTable table, ReadOnlySpan<byte> scanline, Span<byte> row, PngPass pass, int y)
    {
        int depth = _header.BitDepth;
        int mask = (1 << depth) - 1;
        int size = table.PixelBytes;
        ReadOnlySpan<byte> pixels = table.Pixels;
        for (int x = 0; x < pass.Width; x++)
        {
            long bit = (long)x * depth;
            int value = (scanline[(int)(bit >> 3)] >> (8 - depth - (int)(bit & 7))) & mask;
            if (value >= table.Entries)
            {
                throw new VaeFormatException(
                    VaeError.InvalidField,
                    $"PNG: the pixel at column {pass.Column(x)} of row {pass.Row(y)} has palette index {value}, but chunk PLTE has {table.Entries} entries. The file is damaged.");
            }

            if (size == 1)
            {
                row[x] = pixels[value];
            }
            else
            {
                pixels.Slice(size * value, size).CopyTo(row.Slice(size * x, size));
            }
        }
    }

    private void ExpandByKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> scanline, Span<byte> row, int width)
    {
        int size = Layout.BytesPerPixel();
        for (int x = 0; x < width; x++)
        {
            ReadOnlySpan<byte> colour = scanline.Slice(x * key.Length, key.Length);
            Span<byte> pixel = row.Slice(x * size, size);
            colour.CopyTo(pixel);
            pixel[key.Length..].Fill(colour.SequenceEqual(key) ? (byte)0 : byte.MaxValue);
        }

        if (_header.BitDepth == 16)
        {
            WideSamples.Swap(row, row);
        }
    }
}
