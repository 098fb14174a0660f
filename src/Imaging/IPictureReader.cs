namespace VaeCodec.Imaging;

/// <summary>A picture file being read, row by row. Disposing it frees its buffers and leaves the stream open.</summary>
/// <remarks>
/// After an exception from <see cref="IRowSource.ReadRowsAsync"/> or <see cref="CompleteAsync"/> the reader is of no
/// further use. Not safe for concurrent calls.
/// </remarks>
public interface IPictureReader : IRowSource, IAsyncDisposable
{
    /// <summary>The format that the signature showed.</summary>
    PictureFormat Format { get; }

    /// <summary>
    /// Whether EXIF or XMP stood behind the pixels, as PNG allows, and came too late for <see cref="IRowSource.Picture"/>: only where the stream cannot seek. Known once <see cref="CompleteAsync"/> has returned.
    /// Also whether a JPEG has extended XMP, what does not fit into one segment: it is not joined to the packet before it.
    /// </summary>
    bool MissedMetadata { get; }

    /// <summary>
    /// Verifies what remains after the last row: checksums, the end of the compressed data, trailing chunks. A picture
    /// counts as read only once this has returned. For PNM it waits for the end of the stream, because another picture
    /// may follow, and for PNG for eight further bytes or the end.
    /// </summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeFormatException">What remains is damaged, truncated, or does not belong there.</exception>
    /// <exception cref="InvalidOperationException">Not all rows have been read yet.</exception>
    ValueTask CompleteAsync(CancellationToken cancellationToken = default);
}
