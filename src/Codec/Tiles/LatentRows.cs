namespace VaeCodec.Tiles;

/// <summary>The latents of one row of tiles, over the whole width of the picture: row after row, each column by column, channel by channel.</summary>
internal sealed class LatentRows
{
    private readonly float[][] _rows;
    private readonly int _channels;

    /// <summary>Makes room.</summary>
    /// <param name="rows">Rows of latents.</param>
    /// <param name="width">Latents in a row.</param>
    /// <param name="channels">Channels of a latent.</param>
    public LatentRows(int rows, int width, int channels)
    {
        _channels = channels;
        _rows = new float[rows][];
        for (int i = 0; i < rows; i++)
        {
            _rows[i] = new float[checked(width * channels)];
        }
    }

    /// <summary>A row, all its columns.</summary>
    /// <param name="row">Row within the row of tiles.</param>
    public Span<float> this[int row] => _rows[row];

    /// <summary>Copies a tile out: row, column, channel.</summary>
    public void Read(TileArea area, Span<float> tile)
    {
        int length = area.Width * _channels;
        for (int row = 0; row < area.Height; row++)
        {
            _rows[row].AsSpan(area.Column * _channels, length).CopyTo(tile[(row * length)..]);
        }
    }

    /// <summary>Copies a tile in.</summary>
    public void Write(TileArea area, ReadOnlySpan<float> tile)
    {
        int length = area.Width * _channels;
        for (int row = 0; row < area.Height; row++)
        {
            tile.Slice(row * length, length).CopyTo(_rows[row].AsSpan(area.Column * _channels));
        }
    }
}
