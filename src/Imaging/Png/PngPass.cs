namespace VaeCodec.Imaging.Png;

/// <summary>
/// A pass over the picture (PNG third edition, 8.2): the pixels at every <paramref name="ColumnStep"/>-th column from
/// <paramref name="FirstColumn"/> and every <paramref name="RowStep"/>-th row from <paramref name="FirstRow"/>, stored like
/// a picture of their own. A picture that is not interlaced has one pass, of all its pixels.
/// </summary>
/// <param name="Number">1 to 7, for messages.</param>
/// <param name="Width">Pixels of a scanline; at least 1.</param>
/// <param name="Height">Scanlines; at least 1.</param>
/// <param name="FirstColumn">Column of the first pixel.</param>
/// <param name="FirstRow">Row of the first scanline.</param>
/// <param name="ColumnStep">Columns from a pixel to the next.</param>
/// <param name="RowStep">Rows from a scanline to the next.</param>
internal sealed record PngPass(int Number, int Width, int Height, int FirstColumn, int FirstRow, int ColumnStep, int RowStep)
{
    private static readonly (int FirstColumn, int FirstRow, int ColumnStep, int RowStep)[] s_adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The one pass of a picture that is not interlaced.</summary>
    internal static PngPass Whole(int width, int height) => new(1, width, height, 0, 0, 1, 1);

    /// <summary>The passes of an interlaced picture that have pixels; small pictures lack some.</summary>
    internal static IReadOnlyList<PngPass> Adam7(int width, int height)
    {
        List<PngPass> passes = [];
        for (int i = 0; i < s_adam7.Length; i++)
        {
            (int firstColumn, int firstRow, int columnStep, int rowStep) = s_adam7[i];
            if (width > firstColumn && height > firstRow)
            {
                passes.Add(new PngPass(i + 1, Count(width, firstColumn, columnStep), Count(height, firstRow, rowStep), firstColumn, firstRow, columnStep, rowStep));
            }
        }

        return passes;
    }

    /// <summary>The picture's column that a pixel of a scanline is in.</summary>
    internal int Column(int x) => FirstColumn + (x * ColumnStep);

    /// <summary>The picture's row that a scanline is in.</summary>
    internal int Row(int y) => FirstRow + (y * RowStep);

    /// <summary>How many places there are from the first on.</summary>
    private static int Count(int side, int first, int step) => (int)(((long)side - first + step - 1) / step);
}
