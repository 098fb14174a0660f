namespace VaeCodec.Imaging.Png;

/// <summary>Takes the deflater's output and writes it as IDAT chunks of about 64 KiB.</summary>
internal sealed class PngIdatWriteStream(Stream output) : Stream
{
    private const int ChunkBytes = 64 * 1024;
    private readonly byte[] _buffer = new byte[ChunkBytes];
    private int _used;

    /// <summary>Whether the picture was given up: what the deflater still holds then goes nowhere.</summary>
    internal bool Abandoned { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && !Abandoned)
        {
            int count = Math.Min(buffer.Length, ChunkBytes - _used);
            buffer[..count].CopyTo(_buffer.AsMemory(_used));
            _used += count;
            buffer = buffer[count..];
            if (_used == ChunkBytes)
            {
                await EmitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Writes what is left as the last chunk.</summary>
    internal async ValueTask EmitAsync(CancellationToken ct)
    {
        if (_used > 0)
        {
            await PngChunkWriter.WriteAsync(output, PngChunkType.Idat, _buffer.AsMemory(0, _used), ct).ConfigureAwait(false);
            _used = 0;
        }
    }

    /// <summary>Does nothing: a chunk is written when it is full or the picture ends.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
