namespace VaeCodec.Imaging.Png;

/// <summary>
/// The payloads of consecutive IDAT chunks as one stream, for the inflater to read. Each chunk's CRC is verified when
/// its end is reached. Starts at an IDAT chunk whose header has been read; at the end the chunk reader stands at the
/// first other chunk.
/// </summary>
internal sealed class PngIdatStream(PngChunkReader chunks) : Stream
{
    private readonly long _firstOffset = chunks.Offset;

    /// <summary>The last four bytes read, big-endian; once <see cref="Ended"/>, where the checksum must stand.</summary>
    internal uint LastWord { get; private set; }

    /// <summary>Whether the last IDAT chunk is over.</summary>
    internal bool Ended { get; private set; }

    /// <summary>
    /// Whether more was asked for after the end. An inflater that has seen the end of its data and their checksum asks
    /// no more, so this shows that they break off.
    /// </summary>
    internal bool Exhausted { get; private set; }

    /// <summary>Whether reading, rather than inflating, was what failed.</summary>
    internal bool Failed { get; private set; }

    /// <summary>Where the compressed data are, for messages.</summary>
    internal string Place => Ended ? $"chunks IDAT from offset {_firstOffset}" : chunks.Place;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            while (!Ended)
            {
                int read = await chunks.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read > 0)
                {
                    Remember(buffer.Span[Math.Max(0, read - sizeof(uint))..read]);
                    return read;
                }

                await chunks.EndAsync(cancellationToken).ConfigureAwait(false);
                await chunks.NextAsync(cancellationToken).ConfigureAwait(false);
                Ended = chunks.Type != PngChunkType.Idat;
            }

            Exhausted = true;
            return 0;
        }
        catch
        {
            Failed = true;
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            LastWord = (LastWord << 8) | b;
        }
    }
}
