namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.2: the samples of a plane, with what stands for those that are not there.</summary>
/// <param name="rows">Rows of the tile.</param>
/// <param name="columns">Columns of the tile.</param>
internal sealed class SampleHistory(int rows, int columns)
{
    private readonly int[,] _values = new int[rows, columns];

    public void Set(int row, int column, int value) => _values[row, column] = value;

    /// <summary>A sample that is done, or what stands for it.</summary>
    public int At(int row, int column)
    {
        if (row < 0)
        {
            return 0;
        }

        if (column < 0)
        {
            return row == 0 ? 0 : _values[row - 1, 0];
        }

        return _values[row, Math.Min(column, columns - 1)];
    }
}
