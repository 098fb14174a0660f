using System.Buffers;

namespace VaeCodec.Format;

/// <summary>A pooled buffer that grows with the bytes that really arrive, to at most four times as many, never by a declared length alone.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private const int FirstCapacity = 16 * 1024;

    /// <summary>Once one byte in so many has arrived, the rest gets its room at once: old and new buffer together then take at most half more than all bytes, where doubling to the end takes up to twice as many.</summary>
    private const int SureShare = 4;

    private byte[]? _array;
    private int _length;

    /// <summary>The bytes received so far.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was given back.</exception>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            ObjectDisposedException.ThrowIf(_array is null, this);
            return _array.AsMemory(0, _length);
        }
    }

    /// <summary>Room for more bytes, at least one; when the old buffer is full, twice as much, or all that is to come.</summary>
    /// <param name="wanted">How many bytes are still to come, more than 0.</param>
    public Memory<byte> Free(int wanted)
    {
        if (_array is null)
        {
            _array = ArrayPool<byte>.Shared.Rent(Math.Min(wanted, FirstCapacity));
        }
        else if (_length == _array.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(checked(_length + wanted) <= (long)SureShare * _length ? _length + wanted : 2 * _length);
            _array.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }

        return _array.AsMemory(_length, Math.Min(wanted, _array.Length - _length));
    }

    /// <summary>Counts bytes written into <see cref="Free"/> as received.</summary>
    public void Commit(int count) => _length += count;

    /// <summary>Gives the buffer back to the pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
