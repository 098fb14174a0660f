using System.Buffers;
using VaeCodec.Format;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>What one thread needs to code lossless tiles.</summary>
/// <param name="picture">The picture.</param>
/// <param name="tileSize">Side of a tile in pixels.</param>
internal sealed class LosslessWorker(PictureDescription picture, int tileSize) : IDisposable
{
    /// <summary>The only way of coding a tile so far; the first of its coded bytes names it.</summary>
    private const byte PredictedSamples = 0;

    private readonly LosslessTileCoder _coder = new(Math.Min(tileSize, picture.Width), picture.Layout.Channels());
    private readonly ArrayBufferWriter<byte> _output = new();
    private byte[]? _verified;

    /// <summary>Bytes that an instance takes.</summary>
    public static long Bytes(int width, int tileSize) => LosslessTileCoder.Bytes(Math.Min(tileSize, width)) + (4L * tileSize * tileSize);

    /// <summary>Codes a tile.</summary>
    /// <param name="band">The rows of its row of tiles.</param>
    /// <param name="column">Its column.</param>
    /// <param name="rows">Rows there are.</param>
    public CodedTile Encode(ReadOnlySpan<byte> band, int column, int rows)
    {
        (int first, int width) = Columns(column);
        _output.ResetWrittenCount();
        _output.GetSpan(1)[0] = PredictedSamples;
        _output.Advance(1);
        _coder.Encode(band[first..], picture.RowBytes, width, rows, _output);
        return new CodedTile(_output.WrittenSpan.ToArray(), Checksum(band[first..], picture.RowBytes, width, rows));
    }

    /// <summary>Decodes a tile and holds its samples against their checksum.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="band">Out: the rows of its row of tiles.</param>
    /// <param name="rows">Rows there are.</param>
    /// <exception cref="VaeUnsupportedException">It is coded in a way that this version does not know.</exception>
    /// <exception cref="VaeFormatException">It is not what was coded.</exception>
    public void Decode(TileSection tile, Span<byte> band, int rows) => Decode(tile, band[Columns(tile.Column).First..], picture.RowBytes, rows);

    /// <summary>Decodes a tile into memory of the worker's and holds its samples against their checksum.</summary>
    /// <inheritdoc cref="Decode(TileSection, Span{byte}, int)"/>
    public void Verify(TileSection tile)
    {
        int rowBytes = tileSize * picture.Layout.Channels();
        _verified ??= new byte[checked(rowBytes * Math.Min(tileSize, picture.Height))];
        Decode(tile, _verified, rowBytes, Math.Min(tileSize, picture.Height - (tile.Row * tileSize)));
    }

    public void Dispose() => _output.Clear();

    private static VaeFormatException Corrupt(TileSection tile, string problem)
        => new(VaeError.CorruptSymbols, $"Tile {tile.Column},{tile.Row} at offset {tile.Offset} is damaged: {problem}. The bytes are those that were written, so the file was made wrongly or altered with its checksums.");

    private void Decode(TileSection tile, Span<byte> samples, int rowBytes, int rows)
    {
        int width = Columns(tile.Column).Width;
        if (tile.CodedBytes.Span[0] != PredictedSamples)
        {
            throw new VaeUnsupportedException(VaeError.UnsupportedFeature, $"Tile {tile.Column},{tile.Row} at offset {tile.Offset} is coded in way {tile.CodedBytes.Span[0]}, which this version does not know. Use a newer VaeCodec.");
        }

        if (!_coder.TryDecode(tile.CodedBytes[1..], samples, rowBytes, width, rows))
        {
            throw Corrupt(tile, "its entropy-coded data do not end as they must");
        }

        uint checksum = Checksum(samples, rowBytes, width, rows);
        if (checksum != tile.SymbolChecksum)
        {
            throw Corrupt(tile, $"its samples have the checksum {checksum:X8} where {tile.SymbolChecksum:X8} is stored");
        }
    }

    /// <summary>Where a tile's samples begin in a row, and how many pixels wide it is.</summary>
    private (int First, int Width) Columns(int column)
    {
        int x = column * tileSize;
        return (x * picture.Layout.Channels(), Math.Min(tileSize, picture.Width - x));
    }

    /// <summary>CRC-32C of the samples, row after row.</summary>
    private uint Checksum(ReadOnlySpan<byte> samples, int rowBytes, int width, int rows)
    {
        Crc32CAccumulator crc = new();
        for (int y = 0; y < rows; y++)
        {
            crc.Append(samples.Slice(y * rowBytes, width * picture.Layout.Channels()));
        }

        return crc.Value;
    }
}
