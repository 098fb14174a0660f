using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Chapter 13: the tiles of a lossless picture.</summary>
internal static class LosslessPictureDecoder
{
    public static DecodedFile Decode(Container container)
    {
        Header header = container.Header;
        Grid<int> picture = new(header.Height, header.Width, header.Channels);
        foreach (TileSection tile in container.Tiles)
        {
            int top = tile.Row * header.TileSide;
            int left = tile.Column * header.TileSide;
            Grid<int> samples = new(Math.Min(header.TileSide, header.Height - top), Math.Min(header.TileSide, header.Width - left), header.Channels);
            new LosslessTileDecoder(tile.CodedBytes, samples, header.MaximumSample).Decode();
            RequireChecksum(tile, samples);
            Place(picture, top, left, samples);
        }

        DecodedFile decoded = new(container, picture, []);
        return decoded with { SymbolBytes = decoded.PixelBytes };
    }

    /// <summary>Section 13.1: the symbol checksum is that of the samples, row after row, interleaved, a byte each.</summary>
    private static void RequireChecksum(TileSection tile, Grid<int> samples)
    {
        byte[] bytes = [.. samples.Values.Select(sample => (byte)sample)];
        DecodingException.Require(Crc32C.Of(bytes) == tile.SymbolChecksum, FailureKind.CorruptSymbols, "A wrong symbol checksum.");
    }

    private static void Place(Grid<int> picture, int top, int left, Grid<int> tile)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            for (int column = 0; column < tile.Columns; column++)
            {
                for (int channel = 0; channel < tile.Channels; channel++)
                {
                    picture[top + row, left + column, channel] = tile[row, column, channel];
                }
            }
        }
    }
}
