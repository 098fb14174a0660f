namespace VaeCodec.Format;

/// <summary>
/// One tile as it stands in the file, its checksum verified unless the file ends within it (<see cref="ContainerReader.TakeCutTile"/>). It owns a pooled buffer: dispose it when its bytes are no
/// longer needed, and keep no reference to them after that.
/// </summary>
public sealed class TileSection : IDisposable
{
    private readonly PooledBuffer _payload;

    private TileSection(PooledBuffer payload, TileFields fields, long offset)
    {
        _payload = payload;
        Column = fields.Column;
        Row = fields.Row;
        SymbolChecksum = fields.SymbolChecksum;
        Offset = offset;
    }

    /// <summary>Reads a tile behind its frame.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="column">The column that it must have.</param>
    /// <param name="row">The row that it must have.</param>
    /// <param name="takeCut">Takes what was received of it where the input ends; null where nobody wants that.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeFormatException">ChecksumMismatch: it is damaged, and the next section can be read. InvalidOrder: it is another tile.</exception>
    internal static async ValueTask<TileSection> ReadAsync(SectionSource sections, SectionFrame frame, int column, int row, Action<PooledBuffer>? takeCut, CancellationToken cancellationToken)
    {
        PooledBuffer payload;
        try
        {
            payload = await sections.ReadPayloadAsync(frame, cancellationToken, takeCut).ConfigureAwait(false);
        }
        catch (VaeFormatException exception) when (exception.Error == VaeError.ChecksumMismatch)
        {
            throw new VaeFormatException(VaeError.ChecksumMismatch, $"Tile of column {column}, row {row}: {exception.Message}", exception);
        }

        TileFields fields = TileFields.Read(payload.Written.Span);
        if (fields.Column != column || fields.Row != row)
        {
            payload.Dispose();
            throw frame.Misplaced($"it is that of column {fields.Column}, row {fields.Row} where column {column}, row {row} was expected");
        }

        return new TileSection(payload, fields, frame.Offset);
    }

    /// <summary>What was received of a tile in which the input ended.</summary>
    /// <param name="payload">The bytes behind its frame; disposed here or with the tile.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="column">Its column.</param>
    /// <param name="row">Its row.</param>
    /// <returns>The tile; null where no coded byte came, or it says that it is another.</returns>
    internal static TileSection? TakeCut(PooledBuffer payload, SectionFrame frame, int column, int row)
    {
        if (payload.Written.Length >= TileFields.MinPayload)
        {
            TileFields fields = TileFields.Read(payload.Written.Span);
            if (fields.Column == column && fields.Row == row)
            {
                return new TileSection(payload, fields, frame.Offset);
            }
        }

        payload.Dispose();
        return null;
    }

    /// <summary>Column of the tile, in tiles from the left.</summary>
    public int Column { get; }

    /// <summary>Row of the tile, in tiles from the top.</summary>
    public int Row { get; }

    /// <summary>Checksum of the symbols that the coded bytes must decode to.</summary>
    public uint SymbolChecksum { get; }

    /// <summary>Offset in bytes of the section's frame from the start of the file.</summary>
    public long Offset { get; }

    /// <summary>The entropy-coded bytes, at least one. Valid until this object is disposed.</summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public ReadOnlyMemory<byte> CodedBytes => _payload.Written[TileFields.Size..];

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => _payload.Dispose();
}
