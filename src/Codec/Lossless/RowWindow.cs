namespace VaeCodec.Lossless;

/// <summary>Values of the row at work and of the two above it, with a margin at each end.</summary>
internal sealed class RowWindow
{
    /// <summary>Values kept beyond each end of a row.</summary>
    public const int Margin = 3;

    private readonly int[][] _rows;

    /// <summary>Makes room for rows of so many values.</summary>
    public RowWindow(int width) => _rows = [new int[width + (2 * Margin)], new int[width + (2 * Margin)], new int[width + (2 * Margin)]];

    /// <summary>The row at work; value x is at <see cref="Margin"/> + x.</summary>
    public int[] Current => _rows[0];

    /// <summary>The row above it.</summary>
    public int[] Above => _rows[1];

    /// <summary>The row above that.</summary>
    public int[] Second => _rows[2];

    /// <summary>Sets everything to zero.</summary>
    public void Clear()
    {
        foreach (int[] row in _rows)
        {
            Array.Clear(row);
        }
    }

    /// <summary>Makes the row at work the one above the next.</summary>
    public void Advance()
    {
        (_rows[0], _rows[1], _rows[2]) = (_rows[2], _rows[0], _rows[1]);
    }
}
