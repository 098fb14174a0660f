namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Section 1.1: a tensor of rows, columns and channels, listed with the channel varying fastest.</summary>
/// <typeparam name="T">Type of an element.</typeparam>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
/// <param name="channels">Number of channels.</param>
internal sealed class Grid<T>(int rows, int columns, int channels)
    where T : struct
{
    public int Rows => rows;

    public int Columns => columns;

    public int Channels => channels;

    /// <summary>All elements, in the order row, column, channel.</summary>
    public T[] Values { get; } = new T[rows * columns * channels];

    public T this[int row, int column, int channel]
    {
        get => Values[Position(row, column) + channel];
        set => Values[Position(row, column) + channel] = value;
    }

    public bool Holds(int row, int column) => row >= 0 && row < rows && column >= 0 && column < columns;

    /// <summary>Copies a smaller grid to where it lies in this one.</summary>
    /// <param name="top">Where its first row lies.</param>
    /// <param name="left">Where its first column lies.</param>
    /// <param name="part">The smaller grid.</param>
    /// <param name="firstChannel">Where its first channel lies; it may have fewer.</param>
    public void Place(int top, int left, Grid<T> part, int firstChannel = 0)
    {
        for (int row = 0; row < part.Rows; row++)
        {
            for (int column = 0; column < part.Columns; column++)
            {
                for (int channel = 0; channel < part.Channels; channel++)
                {
                    this[top + row, left + column, firstChannel + channel] = part[row, column, channel];
                }
            }
        }
    }

    /// <summary>Where the channels of a place start in <see cref="Values"/>.</summary>
    public int Position(int row, int column) => ((row * columns) + column) * channels;
}
