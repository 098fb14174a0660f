using VaeCodec.Format;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>The tiles of a picture that were coded as samples, from when they are decoded until their rows have been laid over what the networks made.</summary>
/// <param name="picture">The picture.</param>
/// <param name="tileSize">Side of a tile in pixels.</param>
internal sealed class SampleTiles(PictureDescription picture, int tileSize) : IDisposable
{
    private readonly LosslessWorkerPool _workers = new(picture, tileSize, true);
    private readonly SortedDictionary<int, (byte[] Samples, bool[] Columns)> _rows = [];

    /// <summary>Whether a tile is coded as samples.</summary>
    public static bool Holds(TileSection tile) => tile.CodedBytes.Span[0] < (byte)TileWay.Latents;

    /// <summary>Bytes that the tiles of a picture take.</summary>
    public static long Bytes(PictureDescription picture, int tileSize, int threads)
    {
        // The row of tiles at work, and the one before it, whose last rows the networks hold back.
        long rows = 2L * Math.Min(tileSize, picture.Height) * picture.RowBytes;
        return rows + LosslessWorkerPool.Bytes(picture, tileSize, threads);
    }

    /// <summary>Makes room for a row of tiles some of which are samples.</summary>
    /// <param name="row">Which.</param>
    /// <param name="tiles">The tiles; null for a lost one.</param>
    public void Begin(int row, ReadOnlySpan<TileSection?> tiles)
    {
        bool[] columns = new bool[tiles.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = tiles[column] is { } tile && Holds(tile);
        }

        _rows[row] = (new byte[checked(Rows(row) * picture.RowBytes)], columns);
    }

    /// <summary>Decodes a tile.</summary>
    /// <exception cref="VaeFormatException">It is not what was coded.</exception>
    public void Decode(TileSection tile)
    {
        LosslessWorker worker = _workers.Rent();
        try
        {
            worker.Decode(tile, _rows[tile.Row].Samples, Rows(tile.Row));
        }
        finally
        {
            _workers.Return(worker);
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
        for (int y = first; !rows.IsEmpty; y++, rows = rows[picture.RowBytes..])
        {
            int row = y / tileSize;
            if (_rows.TryGetValue(row, out (byte[] Samples, bool[] Columns) tiles))
            {
                Cover(tiles.Samples.AsSpan((y - (row * tileSize)) * picture.RowBytes, picture.RowBytes), tiles.Columns, rows);
                if (y + 1 == (row * tileSize) + Rows(row))
                {
                    _rows.Remove(row);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _workers.Dispose();

    private void Cover(ReadOnlySpan<byte> samples, bool[] columns, Span<byte> row)
    {
        int tileBytes = tileSize * picture.Layout.Channels();
        for (int column = 0; column < columns.Length; column++)
        {
            if (columns[column])
            {
                int start = column * tileBytes, length = Math.Min(tileBytes, picture.RowBytes - start);
                samples.Slice(start, length).CopyTo(row[start..]);
            }
        }
    }

    private int Rows(int row) => Math.Min(tileSize, picture.Height - (row * tileSize));
}
