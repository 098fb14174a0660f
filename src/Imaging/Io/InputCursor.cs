namespace VaeCodec.Imaging.Io;

/// <summary>
/// Reads a stream forwards through one fixed buffer, knows how far it has come, and can look ahead where the stream can
/// seek. Does not own the stream.
/// </summary>
internal sealed class InputCursor
{
    internal const int BufferBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly long _origin;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    internal InputCursor(Stream stream)
    {
        _stream = stream;
        _origin = stream.CanSeek ? stream.Position : 0;
    }

    /// <summary>Offset of the next byte from where reading began.</summary>
    internal long Position { get; private set; }

    /// <summary>What is read and not yet taken; valid until the next call that reads.</summary>
    internal ReadOnlyMemory<byte> Buffered => _buffer.AsMemory(_start, _end - _start);

    internal bool CanSeek => _stream.CanSeek;

    /// <summary>How much to read at a time; less than the buffer where most of it would be leapt over.</summary>
    internal int ReadAheadBytes { get; set; } = BufferBytes;

    /// <summary>Tries to have at least <paramref name="count"/> bytes buffered.</summary>
    /// <returns>How many are; fewer than asked for only at the end of the stream.</returns>
    internal async ValueTask<int> EnsureAsync(int count, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BufferBytes);
        while (_end - _start < count)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }

            int room = Math.Min(_buffer.Length - _end, Math.Max(ReadAheadBytes, count));
            int read = await _stream.ReadAsync(_buffer.AsMemory(_end, room), ct).ConfigureAwait(false);
            if (read <= 0)
            {
                break;
            }

            _end += read;
        }

        return _end - _start;
    }

    /// <summary>Takes bytes that are buffered.</summary>
    internal void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_end - _start));
        _start += count;
        Position += count;
    }

    /// <summary>Reads up to the length of <paramref name="destination"/>.</summary>
    /// <returns>How many bytes; 0 only at the end of the stream or for an empty destination.</returns>
    internal async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken ct)
    {
        if (destination.IsEmpty)
        {
            return 0;
        }

        int read;
        if (_end == _start && destination.Length >= BufferBytes)
        {
            // Large reads go past the buffer: copying every row once more would show on big pictures.
            read = Math.Max(0, await _stream.ReadAsync(destination, ct).ConfigureAwait(false));
            Position += read;
            return read;
        }

        read = Math.Min(destination.Length, await EnsureAsync(1, ct).ConfigureAwait(false));
        _buffer.AsSpan(_start, read).CopyTo(destination.Span);
        Advance(read);
        return read;
    }

    /// <summary>Reads until <paramref name="destination"/> is full or the stream ends.</summary>
    /// <returns>How many bytes.</returns>
    internal async ValueTask<int> ReadFullyAsync(Memory<byte> destination, CancellationToken ct)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int read = await ReadAsync(destination[total..], ct).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    /// <summary>Moves a seekable stream to an offset, ahead of or behind <see cref="Position"/>; the buffer is dropped when it does not hold the place.</summary>
    internal void SeekTo(long position)
    {
        long ahead = position - Position;
        if (ahead >= 0 && ahead <= _end - _start)
        {
            Advance((int)ahead);
            return;
        }

        // Not behind the end, where a stream in memory cannot be beyond 2 GB: what is read there is missing either way.
        _stream.Position = Math.Min(_origin + position, _stream.Length);
        _start = _end = 0;
        Position = position;
    }
}
