using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace VaeCodec.Format;

/// <summary>
/// Writes a .vae container in order: header, metadata, tiles in raster order, <see cref="FinishAsync(CancellationToken)"/>. Never seeks back.
/// </summary>
/// <remarks>
/// Not safe for use by several threads at once. After an exception other than <see cref="ArgumentException"/> or
/// <see cref="VaeLimitException"/> the output is incomplete and the writer of no further use. The
/// <see cref="PipeWriter"/> stays with the caller, who completes it.
/// </remarks>
public sealed class ContainerWriter
{
    private const int FlushSize = 32 * 1024;

    private readonly PipeWriter _output;
    private readonly ContainerLimits _limits;
    private readonly List<IndexEntry> _tiles = [];
    private readonly HashSet<SectionType> _metadata = [];
    private WriterStage _stage = WriterStage.Header;
    private ContainerHeader? _header;

    /// <summary>Creates a writer at the start of a file.</summary>
    /// <param name="output">Where the bytes go; flushed after every section, not completed.</param>
    /// <param name="limits">What to refuse, so that readers with the same limits read the file; null is <see cref="ContainerLimits.Default"/>.</param>
    public ContainerWriter(PipeWriter output, ContainerLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _limits = limits ?? ContainerLimits.Default;
    }

    /// <summary>Bytes written so far; after <see cref="FinishAsync(CancellationToken)"/>, the size of the file.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Writes the preamble and the header. The first call.</summary>
    /// <param name="header">The header; its version is not looked at: the file gets the current one.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="ArgumentException">A field is out of its range.</exception>
    /// <exception cref="VaeLimitException">The picture is larger than the limits.</exception>
    /// <exception cref="InvalidOperationException">Called out of order.</exception>
    /// <exception cref="IOException">Whoever reads the output has stopped reading.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeWriter.CancelPendingFlush"/>.</exception>
    public async ValueTask WriteHeaderAsync(ContainerHeader header, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        Require(_stage == WriterStage.Header);
        byte[] payload = new byte[HeaderPayload.MaxSize];
        int size = HeaderPayload.Write(header, payload);
        _limits.CheckPicture((uint)header.Width, (uint)header.Height);

        _stage = WriterStage.Failed;
        Preamble.Write(_output.GetSpan(Preamble.Size));
        _output.Advance(Preamble.Size);
        BytesWritten += Preamble.Size;
        await WriteSectionAsync(SectionType.Header, payload.AsMemory(0, size), default, cancellationToken).ConfigureAwait(false);
        _header = header;
        _stage = WriterStage.MetadataOrTile;
    }

    /// <summary>Writes metadata, packed where that makes them smaller. Between the header and the first tile, each kind once.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="data">The bytes, 1..2^30; not interpreted.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="ArgumentException">No bytes, or more than 2^30.</exception>
    /// <exception cref="VaeLimitException">More bytes than the limit.</exception>
    /// <exception cref="InvalidOperationException">Called out of order, or twice for a kind.</exception>
    /// <exception cref="IOException">Whoever reads the output has stopped reading.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeWriter.CancelPendingFlush"/>.</exception>
    public async ValueTask WriteMetadataAsync(MetadataKind kind, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        SectionType type = MetadataPayload.TypeOf(kind);
        Require(_stage == WriterStage.MetadataOrTile);
        if (data.IsEmpty || data.Length > MetadataPayload.MaxBytes)
        {
            throw new ArgumentException($"Metadata take 1..{MetadataPayload.MaxBytes} bytes, not {data.Length}; empty ones are left out.", nameof(data));
        }

        _limits.CheckMetadata(type, data.Length, $"metadata of kind {kind}");
        if (!_metadata.Add(type))
        {
            throw new InvalidOperationException($"Metadata of kind {kind} have been written; a file holds each kind once.");
        }

        _stage = WriterStage.Failed;
        byte[] work = ArrayPool<byte>.Shared.Rent(data.Length);
        try
        {
            byte[] head = new byte[MetadataPayload.HeadSize];
            ReadOnlyMemory<byte> packed = MetadataPayload.Pack(data, work, head);
            await WriteSectionAsync(type, head, packed, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(work);
        }

        _stage = WriterStage.MetadataOrTile;
    }

    /// <summary>Writes the next tile. Tiles go in raster order, each once.</summary>
    /// <param name="column">Column in tiles from the left.</param>
    /// <param name="row">Row in tiles from the top.</param>
    /// <param name="symbolChecksum">Checksum of the symbols that the coded bytes decode to.</param>
    /// <param name="codedBytes">The coded bytes: at least one, and no more than section 2.6 of the specification allows for the size of tiles and picture.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="ArgumentException">No coded bytes, or too many.</exception>
    /// <exception cref="InvalidOperationException">Called out of order, or with another tile than the next.</exception>
    /// <exception cref="IOException">Whoever reads the output has stopped reading.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeWriter.CancelPendingFlush"/>.</exception>
    public async ValueTask WriteTileAsync(
        int column, int row, uint symbolChecksum, ReadOnlyMemory<byte> codedBytes, CancellationToken cancellationToken = default)
    {
        Require(_stage is WriterStage.MetadataOrTile or WriterStage.Tiles);
        (int nextRow, int nextColumn) = Math.DivRem(_tiles.Count, _header!.TileColumns);
        if (_tiles.Count == _header.TileCount || column != nextColumn || row != nextRow)
        {
            throw new InvalidOperationException(
                _tiles.Count == _header.TileCount
                    ? $"All {_tiles.Count} tiles have been written."
                    : $"The next tile is that of column {nextColumn}, row {nextRow}, not column {column}, row {row}.");
        }

        int most = TileFields.MaxPayload(_header) - TileFields.Size;
        if (codedBytes.IsEmpty || codedBytes.Length > most)
        {
            throw new ArgumentException($"A tile takes 1..{most} coded bytes, not {codedBytes.Length}.", nameof(codedBytes));
        }

        _stage = WriterStage.Failed;
        byte[] head = new byte[TileFields.Size];
        new TileFields(column, row, symbolChecksum).Write(head);
        _tiles.Add(new IndexEntry(BytesWritten, (uint)(head.Length + codedBytes.Length)));
        await WriteSectionAsync(SectionType.Tile, head, codedBytes, cancellationToken).ConfigureAwait(false);
        _stage = WriterStage.Tiles;
    }

    /// <summary>Writes the index, for more than four tiles, and the end, and flushes. Does not complete the pipe.</summary>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="InvalidOperationException">Tiles are missing, or the file is finished.</exception>
    /// <exception cref="IOException">Whoever reads the output has stopped reading.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeWriter.CancelPendingFlush"/>.</exception>
    public ValueTask FinishAsync(CancellationToken cancellationToken = default) => FinishAsync(default, cancellationToken);

    /// <summary>Writes the digest of all samples, then what <see cref="FinishAsync(CancellationToken)"/> writes.</summary>
    /// <param name="digest">SHA-256 of the samples, row after row, where the header has <see cref="ContainerHeader.HasDigest"/>; otherwise empty.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="ArgumentException">There is a digest where there is to be none, or none where there is to be one.</exception>
    /// <inheritdoc cref="FinishAsync(CancellationToken)"/>
    public async ValueTask FinishAsync(ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        Require(_stage is WriterStage.Tiles);
        int wanted = _header!.HasDigest ? ContainerReader.DigestSize : 0;
        if (digest.Length != wanted)
        {
            throw new ArgumentException($"The header announces a digest of {wanted} bytes, and {digest.Length} were given.", nameof(digest));
        }

        if (_tiles.Count != _header!.TileCount)
        {
            throw new InvalidOperationException($"{_tiles.Count} of {_header.TileCount} tiles have been written; write the others first.");
        }

        _stage = WriterStage.Failed;
        if (wanted > 0)
        {
            await WriteSectionAsync(SectionType.Digest, digest, default, cancellationToken).ConfigureAwait(false);
        }

        long indexOffset = 0;
        if (_tiles.Count > IndexEntry.TilesWithoutIndex)
        {
            indexOffset = BytesWritten;
            byte[] index = new byte[checked(IndexEntry.Size * _tiles.Count)];
            for (int i = 0; i < _tiles.Count; i++)
            {
                _tiles[i].Write(index.AsSpan(i * IndexEntry.Size));
            }

            await WriteSectionAsync(SectionType.Index, default, index, cancellationToken).ConfigureAwait(false);
        }

        // Whoever has stopped reading by now cannot have everything; of the last flush nobody can tell.
        await FlushAsync(mayBeLast: false, cancellationToken).ConfigureAwait(false);
        byte[] end = new byte[EndFields.Size];
        new EndFields((ulong)indexOffset, (uint)_tiles.Count).Write(end);
        await WriteSectionAsync(SectionType.End, end, default, cancellationToken).ConfigureAwait(false);
        _stage = WriterStage.Finished;
    }

    private async ValueTask WriteSectionAsync(
        SectionType type, ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        byte[] frame = new byte[SectionFrame.Size];
        SectionFrame.Write(frame, type, checked((uint)(head.Length + body.Length)));
        Crc32CAccumulator crc = default;
        Put(frame, ref crc);
        Put(head.Span, ref crc);
        while (!body.IsEmpty)
        {
            // In pieces, so that a slow reader of the output holds up the writer instead of filling memory.
            int count = Math.Min(body.Length, FlushSize);
            Put(body.Span[..count], ref crc);
            body = body[count..];
            if (!body.IsEmpty)
            {
                await FlushAsync(mayBeLast: false, cancellationToken).ConfigureAwait(false);
            }
        }

        uint value = crc.Value;
        BinaryPrimitives.WriteUInt32LittleEndian(frame, value);
        Put(frame.AsSpan(0, SectionFrame.CrcSize), ref crc);
        await FlushAsync(mayBeLast: type == SectionType.End, cancellationToken).ConfigureAwait(false);
    }

    private void Put(ReadOnlySpan<byte> bytes, ref Crc32CAccumulator crc)
    {
        _output.Write(bytes);
        crc.Append(bytes);
        BytesWritten += bytes.Length;
    }

    private async ValueTask FlushAsync(bool mayBeLast, CancellationToken cancellationToken)
    {
        FlushResult result = await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (result.IsCanceled)
        {
            throw new OperationCanceledException("The pending flush of the .vae output was cancelled.");
        }

        // A reader that has everything may well complete before the last flush returns.
        if (result.IsCompleted && !mayBeLast)
        {
            throw new IOException($"Whoever reads the .vae output stopped after at most {BytesWritten} bytes; the file is incomplete.");
        }
    }

    private void Require(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException(
                _stage == WriterStage.Failed
                    ? "The writer failed or was cancelled earlier; the output is incomplete. Start again with a new one."
                    : "Out of order: call WriteHeaderAsync, WriteMetadataAsync, WriteTileAsync for every tile, then FinishAsync, "
                        + $"each where it belongs (the next is {_stage}).");
        }
    }
}
