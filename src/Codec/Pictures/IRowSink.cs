namespace VaeCodec;

/// <summary>Takes a picture's rows from top to bottom, once.</summary>
/// <remarks>One call is made at a time, on any thread.</remarks>
public interface IRowSink
{
    /// <summary>Begins the picture. Called once, before any row.</summary>
    /// <param name="picture">Size, layout and metadata of what will come.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    ValueTask BeginAsync(PictureDescription picture, CancellationToken cancellationToken);

    /// <summary>Takes the next rows.</summary>
    /// <param name="rows">Row after row, <see cref="PictureDescription.RowBytes"/> bytes each; valid only during the call.</param>
    /// <param name="rowCount">How many rows.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    ValueTask WriteRowsAsync(ReadOnlyMemory<byte> rows, int rowCount, CancellationToken cancellationToken);

    /// <summary>Ends the picture after its last row: trailers are written and buffers flushed.</summary>
    /// <param name="cancellationToken">Cancels the writing.</param>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
