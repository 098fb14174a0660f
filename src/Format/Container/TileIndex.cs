using System.IO.Pipelines;

namespace VaeCodec.Format;

/// <summary>Finds tiles by the index at the end of a container (spec/vae-format.md, sections 2.7 and 2.8), so that a part of a picture is read without the rest.</summary>
/// <remarks>
/// What is read is verified: the end section, the index, and of each tile its checksum and that it is the tile that was asked for. Of sections that are neither tiles nor index
/// the frames alone are read: one that must be understood refuses the file here, too.
/// Not safe for use by several threads at once. The stream stays with the caller, and is moved about.
/// </remarks>
public sealed class TileIndex : IDisposable
{
    private const int EndSectionSize = SectionFrame.Size + EndFields.Size + SectionFrame.CrcSize;

    private readonly Stream _file;
    private readonly long _start;
    private readonly ContainerHeader _header;
    private readonly IndexEntry[] _entries;
    private PipeReader _pipe;
    private SectionSource _sections;
    private long _readBefore;

    private TileIndex(Stream file, long start, ContainerHeader header, IndexEntry[] entries, long read)
    {
        (_file, _start, _header, _entries, _readBefore) = (file, start, header, entries, read);
        (_pipe, _sections) = Open(file, start, entries[0].Offset);
    }

    /// <summary>Bytes of sections that were read, those of the index included.</summary>
    public long BytesRead => _readBefore + _sections.BytesTaken;

    /// <summary>Reads the end section and the index.</summary>
    /// <param name="file">The container, which ends where the stream ends. It must be able to seek.</param>
    /// <param name="start">Where in the stream the container begins.</param>
    /// <param name="header">Its header.</param>
    /// <param name="firstTile">Offset of the first tile, see <see cref="ContainerReader.FirstTileOffset"/>: the index must say the same.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The index; null where the file has none, as files of four tiles and fewer.</returns>
    /// <exception cref="VaeException">The end section or the index is damaged, or is not where it should be: a file that was cut short ends with other bytes.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static async ValueTask<TileIndex?> ReadAsync(Stream file, long start, ContainerHeader header, long firstTile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(header);
        if (!file.CanSeek)
        {
            throw new ArgumentException("The index stands at the end of the file, and the stream cannot seek.", nameof(file));
        }

        long endOffset = file.Length - start - EndSectionSize;
        if (endOffset < Preamble.Size)
        {
            throw new VaeFormatException(VaeError.Truncated, "The file is too short for an end section. It was cut short; fetch it again.");
        }

        (SectionFrame frame, byte[] payload) = await ReadEndAsync(file, start, endOffset, cancellationToken).ConfigureAwait(false);
        EndFields end = EndFields.Read(payload);
        if (end.TileCount != header.TileCount)
        {
            throw new VaeFormatException(VaeError.InvalidField, $"The {frame.Describe()} states {end.TileCount} tiles, the header {header.TileCount}. The file was edited or joined wrongly.");
        }

        if (end.IndexOffset == 0)
        {
            return null;
        }

        int length = checked(IndexEntry.Size * header.TileCount);
        if (end.IndexOffset < Preamble.Size || end.IndexOffset > (ulong)Math.Max(0, endOffset - SectionFrame.Size - length - SectionFrame.CrcSize))
        {
            throw new VaeFormatException(VaeError.InvalidField, $"The {frame.Describe()} states an index at offset {end.IndexOffset}, where none fits. The file was edited or joined wrongly.");
        }

        (frame, payload) = await ReadAsync(file, start, (long)end.IndexOffset, SectionType.Index, length, cancellationToken).ConfigureAwait(false);
        IndexEntry[] entries = ReadEntries(payload, header, firstTile, frame);
        IndexGaps gaps = new(file, start, header);
        for (int i = 1; i < entries.Length; i++)
        {
            await gaps.CheckAsync(entries[i - 1].End, entries[i].Offset, mayBeDigest: false, cancellationToken).ConfigureAwait(false);
        }

        await gaps.CheckAsync(entries[^1].End, frame.Offset, mayBeDigest: true, cancellationToken).ConfigureAwait(false);
        await gaps.CheckAsync(frame.End, endOffset, mayBeDigest: false, cancellationToken).ConfigureAwait(false);
        return new TileIndex(file, start, header, entries, EndSectionSize + frame.End - frame.Offset + gaps.BytesRead);
    }

    /// <summary>Reads a tile.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The tile, which the caller disposes.</returns>
    /// <exception cref="VaeException">It is damaged, or not where the index says. Others can still be read.</exception>
    public ValueTask<TileSection> ReadTileAsync(int column, int row, CancellationToken cancellationToken = default) => ReadTileAsync(column, row, long.MaxValue, cancellationToken);

    /// <summary>Reads a tile, unless it is larger than there is room for.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="mostCodedBytes">The most coded bytes to take; of a tile with more nothing is read but its frame.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeLimitException">It has more coded bytes.</exception>
    /// <inheritdoc cref="ReadTileAsync(int, int, CancellationToken)"/>
    public async ValueTask<TileSection> ReadTileAsync(int column, int row, long mostCodedBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _header.TileColumns);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _header.TileRows);
        IndexEntry entry = _entries[(row * _header.TileColumns) + column];
        if (_sections.Position != entry.Offset)
        {
            _readBefore += _sections.BytesTaken;
            await _pipe.CompleteAsync().ConfigureAwait(false);
            (_pipe, _sections) = Open(_file, _start, entry.Offset);
        }

        SectionFrame frame = await _sections.ReadFrameAsync($"the tile of column {column}, row {row}", cancellationToken).ConfigureAwait(false);
        Require(frame, SectionType.Tile, (int)entry.PayloadLength);
        TileFields.CheckRoom(frame, mostCodedBytes);
        return await TileSection.ReadAsync(_sections, frame, column, row, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives buffers back. The stream stays open.</summary>
    public void Dispose() => _pipe.Complete();

    private static async ValueTask<(SectionFrame Frame, byte[] Payload)> ReadEndAsync(Stream file, long start, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(file, start, offset, SectionType.End, EndFields.Size, cancellationToken).ConfigureAwait(false);
        }
        catch (VaeFormatException exception)
        {
            // Of a file that was cut or added to, these bytes are anything; what they would be as a section says nothing to anybody.
            throw new VaeFormatException(
                VaeError.Truncated,
                $"The file does not end with a sound end section at offset {offset}: it was cut short, something was appended, or its last bytes are damaged. Fetch it again, or read it from its beginning, without a region.",
                exception);
        }
    }

    private static async ValueTask<(SectionFrame Frame, byte[] Payload)> ReadAsync(Stream file, long start, long offset, SectionType type, int length, CancellationToken cancellationToken)
    {
        (PipeReader pipe, SectionSource sections) = Open(file, start, offset);
        try
        {
            SectionFrame frame = await sections.ReadFrameAsync(type == SectionType.End ? "the end section" : "the index", cancellationToken).ConfigureAwait(false);
            Require(frame, type, length);
            using PooledBuffer payload = await sections.ReadPayloadAsync(frame, cancellationToken).ConfigureAwait(false);
            return (frame, payload.Written.ToArray());
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes the entries. Tiles follow each other, other sections perhaps between them, from where the first one was found to the index.</summary>
    private static IndexEntry[] ReadEntries(ReadOnlySpan<byte> index, ContainerHeader header, long firstTile, SectionFrame frame)
    {
        IndexEntry[] entries = new IndexEntry[header.TileCount];
        long next = firstTile;
        for (int i = 0; i < entries.Length; i++)
        {
            (ulong offset, uint length) = IndexEntry.Read(index, i);
            bool fits = offset <= (ulong)frame.Offset && length >= TileFields.MinPayload && length <= TileFields.MaxPayload(header);
            IndexEntry entry = fits ? new((long)offset, length) : default;
            if (!fits || entry.End > frame.Offset || (long)offset < next || (i == 0 && (long)offset != firstTile))
            {
                throw new VaeFormatException(
                    VaeError.InvalidField,
                    $"The {frame.Describe()} says that tile {i} is at offset {offset} with {length} bytes, which cannot be. The file was edited or joined wrongly.");
            }

            entries[i] = entry;
            next = entry.End;
        }

        return entries;
    }

    /// <summary>Starts to read at an offset of the container.</summary>
    private static (PipeReader Pipe, SectionSource Sections) Open(Stream file, long start, long offset)
    {
        file.Position = checked(start + offset);
        PipeReader pipe = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        return (pipe, new SectionSource(new PipeByteSource(pipe, offset)));
    }

    private static void Require(SectionFrame frame, SectionType type, int length)
    {
        if (frame.Type != type || frame.Length != length)
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"The {frame.Describe()} has a payload of {frame.Length} bytes where, by the end section and the index, one of type '{(char)type}' with {length} was expected. The file was edited or joined wrongly.");
        }
    }
}
