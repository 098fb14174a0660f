using System.Buffers.Binary;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Png;

/// <summary>Walks over the chunks of a PNG, one after the other, and verifies the CRC of each.</summary>
internal sealed class PngChunkReader(InputCursor input)
{
    private const int HeaderBytes = 8;
    private const int ReadBlock = 64 * 1024;
    private readonly byte[] _word = new byte[4];
    private int _left;
    private uint _crc;

    internal uint Type { get; private set; }

    /// <summary>Payload bytes, as declared.</summary>
    internal int Length { get; private set; }

    /// <summary>Where the chunk (its length field) starts in the file.</summary>
    internal long Offset { get; private set; }

    /// <summary>The chunk as messages name it.</summary>
    internal string Place => $"chunk {PngChunkType.Name(Type)} at offset {Offset}";

    /// <summary>Reads the next chunk's length and type. The chunk before must have been ended.</summary>
    internal async ValueTask NextAsync(CancellationToken ct)
    {
        Offset = input.Position;
        if (await input.EnsureAsync(HeaderBytes, ct).ConfigureAwait(false) < HeaderBytes)
        {
            throw new VaeFormatException(
                VaeError.Truncated,
                $"PNG: the file ends at offset {Offset + input.Buffered.Length}, where a chunk should start or go on; there is no IEND chunk. The file is truncated.");
        }

        ReadOnlySpan<byte> header = input.Buffered.Span;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
        Type = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (!PngChunkType.IsValid(Type))
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"PNG: at offset {Offset} a chunk should start, but its type bytes {Type:X8} are not four letters. The file is damaged there or just before.");
        }

        if (length > int.MaxValue)
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"PNG: {Place} declares {length} bytes; a chunk has at most {int.MaxValue}. The file is damaged.");
        }

        Length = _left = (int)length;
        _crc = Crc32.Append(uint.MaxValue, header[4..HeaderBytes]);
        input.Advance(HeaderBytes);
    }

    /// <summary>Looks at the first bytes of the payload that is left, without taking them.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken ct)
    {
        count = Math.Min(count, _left);
        int have = await input.EnsureAsync(count, ct).ConfigureAwait(false);
        return input.Buffered[..Math.Min(have, count)];
    }

    /// <summary>Reads some payload.</summary>
    /// <returns>How many bytes; 0 only at the end of the payload.</returns>
    internal async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken ct)
    {
        if (destination.Length > _left)
        {
            destination = destination[.._left];
        }

        int read = await input.ReadAsync(destination, ct).ConfigureAwait(false);
        if (read == 0 && !destination.IsEmpty)
        {
            throw Truncated();
        }

        _crc = Crc32.Append(_crc, destination.Span[..read]);
        _left -= read;
        return read;
    }

    /// <summary>Reads the whole payload and ends the chunk. Memory grows with the bytes that really come.</summary>
    /// <exception cref="VaeLimitException">The payload is longer than <paramref name="atMost"/>.</exception>
    internal async ValueTask<byte[]> ReadAllAsync(int atMost, CancellationToken ct)
    {
        if (Length > atMost)
        {
            throw new VaeLimitException(
                $"PNG: {Place} holds {Length} bytes; {atMost} are allowed (VaeLimits.MaxMetadataBytes). Raise the limit or strip the metadata.");
        }

        var bytes = new GrowingBuffer();
        while (_left > 0)
        {
            bytes.Commit(await ReadAsync(bytes.GetRoom(Math.Min(_left, ReadBlock)), ct).ConfigureAwait(false));
        }

        await EndAsync(ct).ConfigureAwait(false);
        return bytes.ToArray();
    }

    /// <summary>Passes over what is left of the payload and verifies the CRC.</summary>
    internal async ValueTask EndAsync(CancellationToken ct)
    {
        while (_left > 0)
        {
            int have = Math.Min(await input.EnsureAsync(1, ct).ConfigureAwait(false), _left);
            if (have == 0)
            {
                throw Truncated();
            }

            _crc = Crc32.Append(_crc, input.Buffered.Span[..have]);
            input.Advance(have);
            _left -= have;
        }

        if (await input.ReadFullyAsync(_word, ct).ConfigureAwait(false) < _word.Length)
        {
            throw Truncated();
        }

        uint stored = BinaryPrimitives.ReadUInt32BigEndian(_word);
        if (stored != ~_crc)
        {
            throw new VaeFormatException(
                VaeError.ChecksumMismatch,
                $"PNG: {Place} has CRC {stored:X8}, but its bytes give {~_crc:X8}. The file is damaged.");
        }
    }

    /// <summary>Leaps over the chunk without reading or verifying it; for looking ahead in a seekable file.</summary>
    internal void SeekPast()
    {
        input.SeekTo(checked(input.Position + _left + _word.Length));
        _left = 0;
    }

    private VaeFormatException Truncated() => new(
        VaeError.Truncated,
        $"PNG: the file ends at offset {input.Position} inside {Place} ({Length} bytes declared). The file is truncated.");
}
