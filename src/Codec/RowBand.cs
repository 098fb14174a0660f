namespace VaeCodec;

/// <summary>Some decoded rows.</summary>
/// <param name="FirstRow">Index of the first row, 0 at the top.</param>
/// <param name="RowCount">How many rows.</param>
/// <param name="Rows">Row after row, <see cref="PictureDescription.RowBytes"/> bytes each. Owned by the decoder and valid until it is asked for the next band.</param>
public readonly record struct RowBand(int FirstRow, int RowCount, ReadOnlyMemory<byte> Rows);
