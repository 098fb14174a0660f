using System.Buffers;

namespace VaeCodec.Tiles;

/// <summary>Rows of latents over the whole width of the picture, those of one row of tiles or some more: row after row, each column by column, channel by channel.</summary>
/// <remarks>A row's place is its number modulo the rows there are, so that a new one takes the place of the oldest. Values are anything before they are written: the arrays come from the pool that all pictures share.</remarks>
internal sealed class LatentRows : IDisposable
{
    private readonly float[][] _rows;
    private readonly int _channels;
    private readonly int _length;
    private bool _returned;

    /// <summary>Makes room.</summary>
    /// <param name="rows">Rows of latents.</param>
    /// <param name="width">Latents in a row.</param>
    /// <param name="channels">Channels of a latent.</param>
    public LatentRows(int rows, int width, int channels)
    {
        _channels = channels;
        _length = checked(width * channels);
        _rows = new float[rows][];
        for (int i = 0; i < rows; i++)
        {
            _rows[i] = ArrayPool<float>.Shared.Rent(_length);
        }
    }

    /// <summary>A row, all its columns.</summary>
    /// <param name="row">Row within the row of tiles, which starts at a multiple of the rows there are, or within the picture.</param>
    public Span<float> this[int row] => _rows[row % _rows.Length].AsSpan(0, _length);

    /// <summary>Copies an area out: row, column, channel.</summary>
    public void Read(TileArea area, Span<float> tile)
    {
        int length = area.Width * _channels;
        for (int row = 0; row < area.Height; row++)
        {
            this[area.Row + row].Slice(area.Column * _channels, length).CopyTo(tile[(row * length)..]);
        }
    }

    /// <summary>Copies an area in.</summary>
    public void Write(TileArea area, ReadOnlySpan<float> tile)
    {
        int length = area.Width * _channels;
        for (int row = 0; row < area.Height; row++)
        {
            tile.Slice(row * length, length).CopyTo(this[area.Row + row][(area.Column * _channels)..]);
        }
    }

    /// <summary>Sets an area to zero.</summary>
    public void Clear(TileArea area)
    {
        for (int row = 0; row < area.Height; row++)
        {
            this[area.Row + row].Slice(area.Column * _channels, area.Width * _channels).Clear();
        }
    }

    /// <summary>Gives the arrays back. They must not be used any more.</summary>
    public void Dispose()
    {
        if (_returned)
        {
            return;
        }

        _returned = true;
        foreach (float[] row in _rows)
        {
            ArrayPool<float>.Shared.Return(row);
        }
    }
}
