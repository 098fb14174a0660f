namespace VaeCodec.Tool;

/// <summary>
/// A stream whose I/O errors carry the name of its file, and whose reads and writes end when they are cancelled even
/// where the system cannot interrupt them (a pipe with nobody at its other end). A regular file can be searched, so that
/// metadata behind the pixels of a PNG are found.
/// </summary>
internal sealed class AttributedStream(Stream inner, string name) : Stream
{
    // Work on a regular file ends soon anyway, so it need not be raced against the token. An abandoned read or write may
    // still touch its buffer; after a cancellation the process only cleans up and ends.
    private readonly bool _mayBlock = !inner.CanSeek;

    /// <summary>Bytes written through it.</summary>
    public long BytesWritten { get; private set; }

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return _mayBlock && cancellationToken.CanBeCanceled
                ? await inner.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false)
                : await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new FileFailureException(name, exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (IOException exception)
        {
            throw new FileFailureException(name, exception);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            ValueTask write = inner.WriteAsync(buffer, cancellationToken);
            await (_mayBlock && cancellationToken.CanBeCanceled
                ? write.AsTask().WaitAsync(cancellationToken)
                : write.AsTask()).ConfigureAwait(false);
            BytesWritten += buffer.Length;
        }
        catch (IOException exception)
        {
            throw new FileFailureException(name, exception);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
            BytesWritten += buffer.Length;
        }
        catch (IOException exception)
        {
            throw new FileFailureException(name, exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new FileFailureException(name, exception);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (IOException exception)
        {
            throw new FileFailureException(name, exception);
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
