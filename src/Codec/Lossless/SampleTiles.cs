using VaeCodec.Format;
using VaeCodec.Parts;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>The tiles of a picture, or of its alpha, that were coded as samples, from when they are decoded until their rows have been laid over others.</summary>
/// <param name="samples">What is coded.</param>
/// <param name="scale">How many times smaller the sides are of what is given; divides those of tiles.</param>
/// <param name="workers">How many tiles may be decoded at a time.</param>
internal sealed class SampleTiles(SampleCoding samples, int scale, int workers) : IDisposable
{
    private readonly SampleCoding _given = samples with { Picture = samples.Picture.Reduced(scale), TileSize = samples.TileSize / scale };

    private readonly LosslessWorkerPool _workers = new(samples, workers);
    private readonly SortedDictionary<int, (byte[] Samples, bool[] Columns)> _rows = [];

    /// <summary>Bytes that the tiles of a picture take.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="tileSize">Side of a tile in pixels.</param>
    /// <param name="workers">How many tiles may be decoded at a time.</param>
    /// <param name="lag">Rows of pixels that the networks hold back.</param>
    /// <exception cref="VaeLimitException">A row of tiles is more than an array holds.</exception>
    public static long Bytes(PictureDescription picture, int tileSize, int workers, int lag)
    {
        long row = CodecMemory.CheckedTileRowBytes(picture, tileSize);

        // The row of tiles at work, and those before it of which the networks hold back rows.
        long rows = Math.Min(1L + Math.Max(1, (lag + tileSize - 1) / tileSize), ((long)picture.Height + tileSize - 1) / tileSize);
        return (rows * row) + LosslessWorkerPool.Bytes(picture, tileSize, workers);
    }

    /// <summary>Makes room for a row of tiles some of which are samples.</summary>
    /// <param name="row">Which.</param>
    /// <param name="columns">Which of its tiles are.</param>
    public void Begin(int row, bool[] columns) => _rows[row] = (new byte[checked(samples.Height(row) * samples.Picture.RowBytes)], columns);

    /// <summary>Decodes a tile, or its part.</summary>
    /// <exception cref="VaeFormatException">It is not what was coded.</exception>
    public void Decode(TilePart tile) => _workers.Use(worker => worker.Decode(tile, _rows[tile.Row].Samples, samples.Height(tile.Row)));

    /// <summary>Decodes a tile, or its part, that was not among those of its row.</summary>
    /// <returns>Whether it is what was coded. Otherwise it stays out.</returns>
    public bool TryAdd(TilePart tile)
    {
        try
        {
            Decode(tile);
            return _rows[tile.Row].Columns[tile.Column] = true;
        }
        catch (VaeException exception) when (exception is VaeFormatException or VaeUnsupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether a tile is one of them.</summary>
    public bool Has(int column, int row) => _rows.TryGetValue(row, out (byte[] Samples, bool[] Columns) tiles) && tiles.Columns[column];

    /// <summary>Hears that the tiles of a row are decoded.</summary>
    public void End(int row)
    {
        if (scale > 1 && _rows.TryGetValue(row, out (byte[] Samples, bool[] Columns) tiles))
        {
            byte[] reduced = new byte[_given.Height(row) * _given.Picture.RowBytes];
            BoxReduction.Reduce(samples.Picture, tiles.Samples, scale, reduced);
            _rows[row] = (reduced, tiles.Columns);
        }
    }

    /// <summary>Forgets a tile that could not be decoded.</summary>
    public void Lose(int column, int row)
    {
        if (_rows.TryGetValue(row, out (byte[] Samples, bool[] Columns) tiles))
        {
            tiles.Columns[column] = false;
        }
    }

    /// <summary>Lays the tiles over rows of pixels, which come in order, each once.</summary>
    /// <param name="first">Number of the first row.</param>
    /// <param name="rows">The rows, without gaps.</param>
    public void Cover(int first, Span<byte> rows)
    {
        for (int y = first; !rows.IsEmpty; y++, rows = rows[_given.Picture.RowBytes..])
        {
            int row = y / _given.TileSize;
            if (_rows.TryGetValue(row, out (byte[] Samples, bool[] Columns) tiles))
            {
                Cover(tiles.Samples.AsSpan((y - (row * _given.TileSize)) * _given.Picture.RowBytes, _given.Picture.RowBytes), tiles.Columns, rows);
                if (y + 1 == (row * _given.TileSize) + _given.Height(row))
                {
                    _rows.Remove(row);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.Dispose();

    private void Cover(ReadOnlySpan<byte> tiles, bool[] columns, Span<byte> row)
    {
        for (int column = 0; column < columns.Length; column++)
        {
            if (columns[column])
            {
                (int first, int width) = _given.Columns(column);
                tiles.Slice(first, width * _given.Picture.Layout.BytesPerPixel()).CopyTo(row[first..]);
            }
        }
    }
}
