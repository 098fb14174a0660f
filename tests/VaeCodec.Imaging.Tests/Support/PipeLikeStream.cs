namespace VaeCodec.Imaging.Tests.Support;

/// <summary>A stream that cannot seek and gives a few bytes at a time, like a pipe at its worst.</summary>
internal sealed class PipeLikeStream(byte[] bytes, int atMost) : Stream
{
    public const string Failure = "The connection broke.";

    private readonly MemoryStream _inner = new(bytes, writable: false);

    /// <summary>After how many bytes it fails.</summary>
    public int FailsAfter { get; init; } = int.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, Math.Min(count, atMost));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (_inner.Position >= FailsAfter)
        {
            throw new IOException(Failure);
        }

        return await _inner.ReadAsync(buffer[..(int)Math.Min(Math.Min(buffer.Length, atMost), FailsAfter - _inner.Position)], cancellationToken);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
