namespace VaeCodec;

/// <summary>A picture that gives its rows from top to bottom, once.</summary>
/// <remarks>Implementations throw a <see cref="VaeException"/> for damaged or unsupported input. One call is made at a time, on any thread: the first on the caller's, later ones mostly on the pool's.</remarks>
public interface IRowSource
{
    /// <summary>Size, layout and metadata. Known from the start and constant.</summary>
    PictureDescription Picture { get; }

    /// <summary>Reads the next <paramref name="rowCount"/> rows.</summary>
    /// <param name="rows">Where they go: row after row, <see cref="PictureDescription.RowBytes"/> bytes each, samples interleaved. At least rowCount rows long.</param>
    /// <param name="rowCount">How many rows; the caller never asks for more than are left.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask ReadRowsAsync(Memory<byte> rows, int rowCount, CancellationToken cancellationToken);
}
