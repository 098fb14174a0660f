using System.Buffers;
using VaeCodec.Format;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>What one thread needs to code tiles as samples.</summary>
/// <param name="picture">The picture.</param>
/// <param name="tileSize">Side of a tile in pixels.</param>
/// <param name="mixed">Whether tiles choose their way of coding.</param>
internal sealed class LosslessWorker(PictureDescription picture, int tileSize, bool mixed) : IDisposable
{
    private readonly LosslessTileCoder _coder = new(Math.Min(tileSize, picture.Width), picture.Layout.Channels());
    private readonly ArrayBufferWriter<byte> _output = new();
    private byte[] _samples = [];

    /// <summary>The last of the ways that a file may use, which takes the fewest bytes.</summary>
    private TileWay BestWay => mixed ? TileWay.RepeatedSamples : TileWay.PredictedSamples;

    /// <summary>Bytes that an instance takes.</summary>
    public static long Bytes(int width, int tileSize) => LosslessTileCoder.Bytes(Math.Min(tileSize, width)) + (7L * tileSize * Math.Min(tileSize, width));

    /// <summary>Codes a tile.</summary>
    /// <param name="band">The rows of its row of tiles.</param>
    /// <param name="column">Its column.</param>
    /// <param name="rows">Rows there are.</param>
    public CodedTile Encode(ReadOnlySpan<byte> band, int column, int rows)
    {
        TileWay way = BestWay;
        (int first, int width) = Columns(column);
        Begin(way);
        _coder.Encode(band[first..], picture.RowBytes, width, rows, way, _output);
        return new CodedTile(_output.WrittenSpan.ToArray(), Checksum(band[first..], picture.RowBytes, width, rows));
    }

    /// <summary>Codes a tile nearly: its pixels may be replaced by some that are seen nearby.</summary>
    /// <param name="rows">The rows of the picture.</param>
    /// <param name="column">The tile's column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="price">Bits that a squared error of a sample is worth, 1 from black to white.</param>
    /// <returns>The tile, and the sum of its squared errors.</returns>
    public (CodedTile Tile, double Error) EncodeNear(PixelRows rows, int column, int row, float price)
    {
        (int first, int width) = Columns(column);
        int top = row * tileSize, height = Math.Min(tileSize, picture.Height - top), rowBytes = width * picture.Layout.Channels();
        Span<byte> samples = Samples(rowBytes * height);
        for (int y = 0; y < height; y++)
        {
            rows[top + y].Slice(first, rowBytes).CopyTo(samples[(y * rowBytes)..]);
        }

        Begin(TileWay.RepeatedSamples);
        _coder.EncodeNear(samples, width, height, price, _output);
        long error = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> original = rows[top + y].Slice(first, rowBytes), coded = samples.Slice(y * rowBytes, rowBytes);
            for (int i = 0; i < original.Length; i++)
            {
                error += (original[i] - coded[i]) * (original[i] - coded[i]);
            }
        }

        return (new CodedTile(_output.WrittenSpan.ToArray(), Checksum(samples, rowBytes, width, height)), error / (255.0 * 255.0));
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
        int rowBytes = Columns(tile.Column).Width * picture.Layout.Channels(), rows = Math.Min(tileSize, picture.Height - (tile.Row * tileSize));
        Decode(tile, Samples(checked(rowBytes * rows)), rowBytes, rows);
    }

    public void Dispose() => _output.Clear();

    private static VaeFormatException Corrupt(TileSection tile, string problem)
        => new(VaeError.CorruptSymbols, $"Tile {tile.Column},{tile.Row} at offset {tile.Offset} is damaged: {problem}. The bytes are those that were written, so the file was made wrongly or altered with its checksums.");

    private void Decode(TileSection tile, Span<byte> samples, int rowBytes, int rows)
    {
        int width = Columns(tile.Column).Width;
        TileWay way = (TileWay)tile.CodedBytes.Span[0];
        if (way > BestWay)
        {
            throw CodedTile.UnknownWay(tile);
        }

        if (!_coder.TryDecode(tile.CodedBytes[1..], samples, rowBytes, width, rows, way))
        {
            throw Corrupt(tile, "its entropy-coded data do not end as they must");
        }

        uint checksum = Checksum(samples, rowBytes, width, rows);
        if (checksum != tile.SymbolChecksum)
        {
            throw Corrupt(tile, $"its samples have the checksum {checksum:X8} where {tile.SymbolChecksum:X8} is stored");
        }
    }

    private void Begin(TileWay way)
    {
        _output.ResetWrittenCount();
        _output.GetSpan(1)[0] = (byte)way;
        _output.Advance(1);
    }

    private Span<byte> Samples(int count)
    {
        if (_samples.Length < count)
        {
            _samples = new byte[count];
        }

        return _samples.AsSpan(0, count);
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
