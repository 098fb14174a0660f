using System.Buffers;
using VaeCodec.Format;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>What one thread needs to code tiles as samples.</summary>
/// <param name="samples">What is coded.</param>
internal sealed class LosslessWorker(SampleCoding samples) : IDisposable
{
    /// <summary>Bits that an error at the bound is worth where pixels are replaced within bounds: little, so that what is alike is kept alike.</summary>
    private const float ErrorAtBoundBits = 0.5f;

    private readonly PictureDescription _picture = samples.Picture;
    private readonly int _pixelBytes = samples.Picture.Layout.BytesPerPixel();
    private readonly LosslessTileCoder _coder = new(Math.Min(samples.TileSize, samples.Picture.Width), samples);
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ushort[] _numbers = samples.HasScale ? new ushort[ushort.MaxValue + 1] : [];
    private byte[] _samples = [];

    /// <summary>Bytes that an instance takes.</summary>
    public static long Bytes(PictureDescription picture, int tileSize)
    {
        int width = Math.Min(tileSize, picture.Width);

        // A tile's samples, and its coded bytes with room to grow.
        return LosslessTileCoder.Bytes(width, picture.Layout) + (((2L * picture.Layout.BytesPerPixel()) + 1) * tileSize * width);
    }

    /// <summary>Codes a tile in the best way that the file may use.</summary>
    /// <param name="band">In: the rows of its row of tiles; out: those that were coded, which are others only within the bounds.</param>
    /// <param name="column">Its column.</param>
    /// <param name="rows">Rows there are.</param>
    public CodedTile Encode(Span<byte> band, int column, int rows)
    {
        (int first, int width) = samples.Columns(column);
        return Encode(band[first..], _picture.RowBytes, width, rows, samples.BestWay, WithinBounds(samples.BestWay));
    }

    /// <summary>Codes a tile in each way that the file may use.</summary>
    /// <param name="rows">The rows of the picture.</param>
    /// <param name="column">The tile's column.</param>
    /// <param name="row">Its row.</param>
    /// <returns>The shortest.</returns>
    public CodedTile EncodeShortest(PixelRows rows, int column, int row)
    {
        CodedTile best = default;
        for (TileWay way = TileWay.PredictedSamples; way <= samples.BestWay; way++)
        {
            (Memory<byte> own, int width, int height) = Copy(rows, column, row);
            CodedTile coded = Encode(own.Span, width * _pixelBytes, width, height, way, WithinBounds(way));
            best = best.Bytes.IsEmpty || coded.Bytes.Length < best.Bytes.Length ? coded : best;
        }

        return best;
    }

    /// <summary>Codes a tile nearly: its pixels may be replaced by some that are seen nearby.</summary>
    /// <param name="rows">The rows of the picture.</param>
    /// <param name="column">The tile's column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="price">Bits that a squared error of a sample is worth, 1 from black to white.</param>
    /// <param name="hidden">For each pixel of the tile whether it is transparent, so that its error does not count; null where none is.</param>
    /// <returns>The tile, and the sum of its squared errors.</returns>
    public (CodedTile Tile, double Error) EncodeNear(PixelRows rows, int column, int row, float price, bool[]? hidden)
    {
        (Memory<byte> own, int width, int height) = Copy(rows, column, row);
        int rowBytes = width * _pixelBytes, top = row * samples.TileSize, first = samples.Columns(column).First;
        CodedTile coded = Encode(own.Span, rowBytes, width, height, TileWay.RepeatedSamples, new PixelSubstitution(_picture, price, null, samples.IsAlpha, hidden, new ReplacedRuns(width)));
        long error = 0;
        for (int y = 0; y < height; y++)
        {
            error += SampleError.Squared(rows[top + y].Slice(first, rowBytes), own.Span.Slice(y * rowBytes, rowBytes), _picture.Layout, hidden is null ? [] : hidden.AsSpan(y * width, width));
        }

        return (coded, error / ((double)_picture.MaxSample * _picture.MaxSample));
    }

    /// <summary>Decodes a tile and holds its samples against their checksum.</summary>
    /// <param name="tile">The tile, or its part.</param>
    /// <param name="band">Out: the rows of its row of tiles.</param>
    /// <param name="rows">Rows there are.</param>
    /// <exception cref="VaeUnsupportedException">It is coded in a way that this version does not know.</exception>
    /// <exception cref="VaeFormatException">It is not what was coded.</exception>
    public void Decode(TilePart tile, Span<byte> band, int rows) => Decode(tile, band[samples.Columns(tile.Column).First..], _picture.RowBytes, rows);

    /// <summary>Decodes a tile into memory of the worker's and holds its samples against their checksum.</summary>
    /// <inheritdoc cref="Decode(TilePart, Span{byte}, int)"/>
    public void Verify(TilePart tile)
    {
        int rowBytes = samples.Columns(tile.Column).Width * _pixelBytes, rows = samples.Height(tile.Row);
        Decode(tile, Own(checked(rowBytes * rows)).Span, rowBytes, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _coder.Dispose();

    private CodedTile Encode(Span<byte> tile, int rowBytes, int width, int rows, TileWay way, PixelSubstitution? substitution)
    {
        _output.ResetWrittenCount();
        _output.GetSpan(1)[0] = (byte)way;
        _output.Advance(1);
        SampleScale scale = SampleScale.Fine;
        if (samples.HasScale)
        {
            scale = SampleScale.Of(tile, rowBytes, width * _picture.Layout.Channels(), rows, _picture.Layout.Channels(), samples.Bounds, substitution is null || !samples.Bounds.AreZero, _numbers);
            scale.Write(_output.GetSpan(SampleScale.Size));
            _output.Advance(SampleScale.Size);
        }

        _coder.Encode(tile, rowBytes, width, rows, way, scale, _numbers, substitution, _output);
        return new CodedTile(_output.WrittenSpan.ToArray(), Checksum(tile, rowBytes, width, rows));
    }

    /// <summary>What replaces pixels within the bounds, where there are some.</summary>
    private PixelSubstitution? WithinBounds(TileWay way)
    {
        if (way != TileWay.RepeatedSamples || samples.Bounds.AreZero)
        {
            return null;
        }

        float bound = Math.Max(Math.Max(samples.Bounds.Colour, samples.Bounds.Alpha), 1);
        return new PixelSubstitution(_picture, ErrorAtBoundBits * _picture.MaxSample / bound * _picture.MaxSample / bound, samples.Bounds, samples.IsAlpha, null, null);
    }

    private void Decode(TilePart tile, Span<byte> target, int rowBytes, int rows)
    {
        int width = samples.Columns(tile.Column).Width, head = 1 + (samples.HasScale ? SampleScale.Size : 0);
        if (tile.Way > samples.BestWay)
        {
            throw tile.UnknownWay();
        }

        SampleScale scale = SampleScale.Fine;
        if (samples.HasScale && (tile.Bytes.Length < head || !SampleScale.TryRead(tile.Bytes.Span[1..], _picture, samples.Bounds, out scale)))
        {
            throw tile.Corrupt("the scale of its samples is missing or out of range");
        }

        if (!_coder.TryDecode(tile.Bytes[head..], target, rowBytes, width, rows, tile.Way, scale))
        {
            throw tile.Corrupt("its entropy-coded data do not end as they must");
        }

        uint checksum = Checksum(target, rowBytes, width, rows);
        if (checksum != tile.Checksum)
        {
            throw tile.Corrupt($"its samples have the checksum {checksum:X8} where {tile.Checksum:X8} is stored");
        }
    }

    /// <summary>Copies a tile out of a picture into memory of the worker's, without gaps.</summary>
    private (Memory<byte> Samples, int Width, int Height) Copy(PixelRows rows, int column, int row)
    {
        (int first, int width) = samples.Columns(column);
        int height = samples.Height(row), rowBytes = width * _pixelBytes;
        Memory<byte> own = Own(checked(rowBytes * height));
        for (int y = 0; y < height; y++)
        {
            rows[(row * samples.TileSize) + y].Slice(first, rowBytes).CopyTo(own.Span[(y * rowBytes)..]);
        }

        return (own, width, height);
    }

    private Memory<byte> Own(int count)
    {
        if (_samples.Length < count)
        {
            _samples = new byte[count];
        }

        return _samples.AsMemory(0, count);
    }

    /// <summary>CRC-32C of the samples, row after row.</summary>
    private uint Checksum(ReadOnlySpan<byte> tile, int rowBytes, int width, int rows)
    {
        Crc32CAccumulator crc = new();
        for (int y = 0; y < rows; y++)
        {
            crc.Append(tile.Slice(y * rowBytes, width * _pixelBytes));
        }

        return crc.Value;
    }
}
