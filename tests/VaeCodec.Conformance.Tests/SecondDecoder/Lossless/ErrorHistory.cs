namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.2: errors or residuals of a plane, which are zero on all sides of the tile.</summary>
/// <param name="rows">Rows of the tile.</param>
/// <param name="columns">Columns of the tile.</param>
internal sealed class ErrorHistory(int rows, int columns)
{
    private readonly long[,] _values = new long[rows, columns];

    public void Set(int row, int column, long value) => _values[row, column] = value;

    public long At(int row, int column) => row < 0 || column < 0 || column >= columns ? 0 : _values[row, column];
}
