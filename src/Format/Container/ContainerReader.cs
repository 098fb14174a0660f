using System.IO.Pipelines;

namespace VaeCodec.Format;

/// <summary>
/// Reads a .vae container in order: <see cref="ReadHeaderAsync"/>, <see cref="ReadMetadataAsync"/>, then
/// <see cref="ReadTileAsync(CancellationToken)"/> until it returns null. Everything is verified on the way: checksums, order, limits,
/// index, trailer and the end of the input.
/// </summary>
/// <remarks>
/// Not safe for use by several threads at once. After an exception the reader is of no further use, with one exception:
/// see <see cref="CanContinue"/>. The <see cref="PipeReader"/> stays with the caller, who completes it.
/// Memory: one tile's payload at a time, 16 bytes a tile for the index, and metadata up to their limit.
/// </remarks>
public sealed class ContainerReader
{
    /// <summary>Bytes of a digest.</summary>
    public const int DigestSize = 32;

    private readonly SectionSource _sections;
    private readonly ContainerLimits _limits;
    private readonly List<IndexEntry> _tiles = [];
    private ReaderStage _stage = ReaderStage.Header;
    private ContainerHeader? _header;
    private SectionFrame? _pending;
    private TileSection? _cutTile;

    /// <summary>Creates a reader at the first byte of a container.</summary>
    /// <param name="input">The container; it ends where the container ends. Not completed by the reader.</param>
    /// <param name="limits">What to refuse; null is <see cref="ContainerLimits.Default"/>.</param>
    public ContainerReader(PipeReader input, ContainerLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        _sections = new SectionSource(new PipeByteSource(input));
        _limits = limits ?? ContainerLimits.Default;
    }

    /// <summary>The header.</summary>
    /// <exception cref="InvalidOperationException">It has not been read.</exception>
    public ContainerHeader Header => _header ?? throw new InvalidOperationException("The header has not been read; call ReadHeaderAsync.");

    /// <summary>Bytes taken from the input so far; after the last tile, the size of the file.</summary>
    public long BytesRead => _sections.Position;

    /// <summary>Whether a digest may stand behind the tiles: in lossless files, but not of versions 0.1 to 0.3. Known once the header was read.</summary>
    public bool MayHaveDigest => _header is { MayHaveDigest: true };

    /// <summary>The digest that stands behind the tiles: SHA-256 of all samples of a lossless picture; null where there is none or the tail has not been read.</summary>
    public ReadOnlyMemory<byte>? Digest { get; private set; }

    /// <summary>The most coded bytes that a tile of the file may have. Known once the header was read.</summary>
    public int MaxTileBytes => _header is null ? 0 : TileFields.MaxPayload(_header) - TileFields.Size;

    /// <summary>Tiles that stood in the file so far, damaged ones included.</summary>
    public int TilesRead => _tiles.Count;

    /// <summary>
    /// Whether another call makes sense. False after an exception, unless it was that of a single tile whose bytes do
    /// not match their checksum: the frame told its length, so the next <see cref="ReadTileAsync(CancellationToken)"/> reads the tile
    /// after it. For callers who want what is intact of a damaged file.
    /// </summary>
    public bool CanContinue => _stage != ReaderStage.Failed;

    /// <summary>Whether to keep what was received of a tile in which the input ends, see <see cref="TakeCutTile"/>.</summary>
    public bool KeepsCutTile { get; init; }

    /// <summary>Offset of the first tile, once the metadata were read.</summary>
    public long FirstTileOffset { get; private set; }

    /// <summary>Reads the preamble and the header.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeFormatException">Not a .vae file, damaged or truncated.</exception>
    /// <exception cref="VaeUnsupportedException">Another version, or a feature this one does not know.</exception>
    /// <exception cref="VaeLimitException">The picture is larger than the limits; nothing was allocated for it.</exception>
    /// <exception cref="InvalidOperationException">The header has been read, or the reader has failed.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeReader.CancelPendingRead"/>.</exception>
    public async ValueTask<ContainerHeader> ReadHeaderAsync(CancellationToken cancellationToken = default)
    {
        Enter(ReaderStage.Header);
        FormatVersion version = await _sections.ReadPreambleAsync(cancellationToken).ConfigureAwait(false);
        SectionFrame frame = await _sections.ReadFrameAsync("the header section", cancellationToken).ConfigureAwait(false);
        if (frame.Type != SectionType.Header)
        {
            throw frame.Misplaced("the first section must be the header");
        }

        RequireLength(frame, HeaderPayload.MinSizeOf(version), HeaderPayload.MaxSizeOf(version));
        using PooledBuffer payload = await _sections.ReadPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
        _header = HeaderPayload.Read(payload.Written.Span, version, _limits, frame.Describe());
        _stage = ReaderStage.Metadata;
        return _header;
    }

    /// <summary>Reads all metadata, up to the first tile, which is left for <see cref="ReadTileAsync(CancellationToken)"/>.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">Damaged, truncated, out of order, unsupported or over a limit.</exception>
    /// <exception cref="InvalidOperationException">Not called right after <see cref="ReadHeaderAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeReader.CancelPendingRead"/>.</exception>
    public async ValueTask<MetadataSections> ReadMetadataAsync(CancellationToken cancellationToken = default)
    {
        Enter(ReaderStage.Metadata);
        MetadataSections metadata = new(null, null, null);
        while (true)
        {
            SectionFrame frame = await NextKnownAsync("metadata or the first tile", cancellationToken).ConfigureAwait(false);
            switch (frame.Type)
            {
                case SectionType.IccProfile when metadata.IccProfile is null:
                    metadata = metadata with { IccProfile = await UnpackAsync(frame, cancellationToken).ConfigureAwait(false) };
                    break;
                case SectionType.Exif when metadata.Exif is null:
                    metadata = metadata with { Exif = await UnpackAsync(frame, cancellationToken).ConfigureAwait(false) };
                    break;
                case SectionType.Xmp when metadata.Xmp is null:
                    metadata = metadata with { Xmp = await UnpackAsync(frame, cancellationToken).ConfigureAwait(false) };
                    break;
                case SectionType.IccProfile or SectionType.Exif or SectionType.Xmp:
                    throw frame.Misplaced("there is one of its type before it");
                case SectionType.Tile:
                    _pending = frame;
                    FirstTileOffset = frame.Offset;
                    _stage = ReaderStage.Tiles;
                    return metadata;
                default:
                    throw frame.Misplaced("metadata or the first tile was expected");
            }
        }
    }

    /// <summary>Reads the next tile. Tiles come in raster order: by rows, from the left.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The tile, which the caller disposes; null after the last one, when index, end and end of input have been verified.</returns>
    /// <exception cref="VaeException">Damaged, truncated, out of order, unsupported or over a limit; see <see cref="CanContinue"/>.</exception>
    /// <exception cref="InvalidOperationException">Called before <see cref="ReadMetadataAsync"/>, or after a failure.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeReader.CancelPendingRead"/>.</exception>
    public ValueTask<TileSection?> ReadTileAsync(CancellationToken cancellationToken = default) => ReadTileAsync(long.MaxValue, cancellationToken);

    /// <summary>Reads the next tile, unless it is larger than there is room for.</summary>
    /// <param name="mostCodedBytes">The most coded bytes to take; of a tile with more nothing is read but its frame.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeLimitException">It has more coded bytes, or a section before it exceeds a limit.</exception>
    /// <inheritdoc cref="ReadTileAsync(CancellationToken)"/>
    public async ValueTask<TileSection?> ReadTileAsync(long mostCodedBytes, CancellationToken cancellationToken)
    {
        if (_stage == ReaderStage.Finished)
        {
            return null;
        }

        Enter(ReaderStage.Tiles);
        ContainerHeader header = _header!;
        if (_tiles.Count == header.TileCount)
        {
            await ReadTailAsync(cancellationToken).ConfigureAwait(false);
            _stage = ReaderStage.Finished;
            return null;
        }

        (int row, int column) = Math.DivRem(_tiles.Count, header.TileColumns);
        SectionFrame frame = await NextTileAsync(column, row, cancellationToken).ConfigureAwait(false);
        TileFields.CheckRoom(frame, mostCodedBytes);
        IndexEntry entry = new(frame.Offset, frame.Length);
        TileSection tile;
        try
        {
            Action<PooledBuffer>? takeCut = KeepsCutTile ? payload => _cutTile = TileSection.TakeCut(payload, frame, column, row) : null;
            tile = await TileSection.ReadAsync(_sections, frame, column, row, takeCut, cancellationToken).ConfigureAwait(false);
        }
        catch (VaeFormatException exception) when (exception.Error == VaeError.ChecksumMismatch)
        {
            // The whole section has been taken, so the next one can be read.
            _tiles.Add(entry);
            _stage = ReaderStage.Tiles;
            throw;
        }

        _tiles.Add(entry);
        _stage = ReaderStage.Tiles;
        return tile;
    }

    /// <summary>Passes over the next tile, of which there must be one, holding a few kilobytes of it at a time. Whether it is damaged is not said: nobody wants it.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">The file cannot be read up to the tile behind it.</exception>
    /// <exception cref="InvalidOperationException">Called before <see cref="ReadMetadataAsync"/>, behind the last tile, or after a failure.</exception>
    /// <exception cref="OperationCanceledException">The token, or <see cref="PipeReader.CancelPendingRead"/>.</exception>
    public async ValueTask SkipTileAsync(CancellationToken cancellationToken = default)
    {
        Enter(ReaderStage.Tiles);
        (int row, int column) = Math.DivRem(_tiles.Count, _header!.TileColumns);
        if (_tiles.Count == _header.TileCount)
        {
            _stage = ReaderStage.Tiles;
            throw new InvalidOperationException($"All {_tiles.Count} tiles have been read.");
        }

        SectionFrame frame = await NextTileAsync(column, row, cancellationToken).ConfigureAwait(false);
        try
        {
            await _sections.SkipPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (VaeFormatException exception) when (exception.Error == VaeError.ChecksumMismatch)
        {
            // The whole section has been taken, so the next one can be read.
        }

        _tiles.Add(new IndexEntry(frame.Offset, frame.Length));
        _stage = ReaderStage.Tiles;
    }

    /// <summary>
    /// After <see cref="ReadTileAsync(CancellationToken)"/> has failed because the input ended within a tile, with <see cref="KeepsCutTile"/>: what was received of the tile, its checksum unknown. For
    /// callers who want what there is of a cut file.
    /// </summary>
    /// <returns>The tile, which the caller disposes; null where there is none, or it was taken.</returns>
    public TileSection? TakeCutTile()
    {
        TileSection? tile = _cutTile;
        _cutTile = null;
        return tile;
    }

    /// <summary>The frame of the next tile, its length within the bounds of the format.</summary>
    private async ValueTask<SectionFrame> NextTileAsync(int column, int row, CancellationToken cancellationToken)
    {
        SectionFrame frame = _pending
            ?? await NextKnownAsync($"the tile of column {column}, row {row}", cancellationToken).ConfigureAwait(false);
        _pending = null;
        if (frame.Type != SectionType.Tile)
        {
            throw frame.Misplaced($"the tile of column {column}, row {row} was expected");
        }

        RequireLength(frame, TileFields.MinPayload, TileFields.MaxPayload(_header!));
        return frame;
    }

    private async ValueTask ReadTailAsync(CancellationToken cancellationToken)
    {
        long indexOffset = 0;
        SectionFrame frame = await NextKnownAsync("the index or the end section", cancellationToken).ConfigureAwait(false);
        if (frame.Type == SectionType.Digest && MayHaveDigest)
        {
            RequireLength(frame, DigestSize, DigestSize);
            using PooledBuffer digest = await _sections.ReadPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
            Digest = digest.Written.ToArray();
            frame = await NextKnownAsync("the index or the end section", cancellationToken).ConfigureAwait(false);
        }

        if (frame.Type == SectionType.Index)
        {
            indexOffset = frame.Offset;
            int length = checked(IndexEntry.Size * _tiles.Count);
            RequireLength(frame, length, length);
            using PooledBuffer index = await _sections.ReadPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
            IndexEntry.Verify(index.Written.Span, _tiles, frame.Describe());
            frame = await NextKnownAsync("the end section", cancellationToken).ConfigureAwait(false);
        }

        if (frame.Type != SectionType.End)
        {
            throw frame.Misplaced($"all {_tiles.Count} tiles have been read and the end section was expected");
        }

        RequireLength(frame, EndFields.Size, EndFields.Size);
        using PooledBuffer payload = await _sections.ReadPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
        EndFields end = EndFields.Read(payload.Written.Span);
        if (end.IndexOffset != (ulong)indexOffset || end.TileCount != (uint)_tiles.Count)
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"The {frame.Describe()} states {end.TileCount} tiles and an index at offset {end.IndexOffset}; "
                + $"the file has {_tiles.Count} tiles and its index at {indexOffset} (0: none). The file was edited or joined wrongly.");
        }

        await _sections.ReadEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next frame of a known type; sections that may be ignored are skipped, never kept.</summary>
    private async ValueTask<SectionFrame> NextKnownAsync(string expected, CancellationToken cancellationToken)
    {
        while (true)
        {
            SectionFrame frame = await _sections.ReadFrameAsync(expected, cancellationToken).ConfigureAwait(false);
            if (frame.IsKnownIn(_header!.Version))
            {
                frame.RequireCriticality();
                return frame;
            }

            frame.RequireIgnorable();
            _limits.CheckMetadata(frame.Type, frame.Length, frame.Describe());
            await _sections.SkipPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<byte[]> UnpackAsync(SectionFrame frame, CancellationToken cancellationToken)
    {
        _limits.CheckMetadata(frame.Type, (long)frame.Length - MetadataPayload.HeadSize, frame.Describe());
        RequireLength(frame, MetadataPayload.HeadSize + 1, MetadataPayload.HeadSize + MetadataPayload.MaxBytes);
        using PooledBuffer payload = await _sections.ReadPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
        return MetadataPayload.Unpack(payload.Written.Span, _limits, frame);
    }

    /// <summary>Checks the stage, and counts the reader as failed until the call succeeds.</summary>
    private void Enter(ReaderStage stage)
    {
        if (_stage != stage)
        {
            throw new InvalidOperationException(
                _stage == ReaderStage.Failed
                    ? "The reader failed or was cancelled earlier; start again with a new one at the start of the file."
                    : $"The reader is to read {_stage} next, not {stage}: call ReadHeaderAsync, ReadMetadataAsync, then ReadTileAsync.");
        }

        _stage = ReaderStage.Failed;
    }

    private static void RequireLength(SectionFrame frame, int least, int most)
    {
        if (frame.Length < least || frame.Length > most)
        {
            string allowed = least == most ? $"{least}" : $"{least}..{most}";
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"The {frame.Describe()} states a payload of {frame.Length} bytes where {allowed} are allowed. The file was written wrongly or tampered with.");
        }
    }
}
