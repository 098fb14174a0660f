namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Sections 13.2 and 13.9: a number for each pixel of a tile, errors, residuals, colours or outcomes, which are zero on all sides of it.</summary>
/// <param name="rows">Rows of the tile.</param>
/// <param name="columns">Columns of the tile.</param>
internal sealed class TileHistory(int rows, int columns)
{
    private readonly long[,] _values = new long[rows, columns];

    public void Set(int row, int column, long value) => _values[row, column] = value;

    public long At(int row, int column) => row < 0 || column < 0 || column >= columns ? 0 : _values[row, column];
}
