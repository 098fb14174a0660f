namespace VaeCodec.Format;

/// <summary>
/// One tile as it stands in the file, its checksum verified. It owns a pooled buffer: dispose it when its bytes are no
/// longer needed, and keep no reference to them after that.
/// </summary>
public sealed class TileSection : IDisposable
{
    private readonly PooledBuffer _payload;

    internal TileSection(PooledBuffer payload, TileFields fields, long offset)
    {
        _payload = payload;
        Column = fields.Column;
        Row = fields.Row;
        SymbolChecksum = fields.SymbolChecksum;
        Offset = offset;
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
