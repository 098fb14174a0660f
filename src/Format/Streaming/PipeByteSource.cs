using System.Buffers;
using System.IO.Pipelines;

namespace VaeCodec.Format;

/// <summary>
/// Takes bytes out of a <see cref="PipeReader"/> in order. Everything is copied out and consumed as it arrives, so a
/// pipe with a small pause threshold goes on, and nothing of a buffer is used after it was handed back.
/// </summary>
/// <param name="input">Where they come from.</param>
/// <param name="start">Offset in the file of the first of them.</param>
internal sealed class PipeByteSource(PipeReader input, long start = 0)
{
    /// <summary>Offset in the file of the next byte.</summary>
    public long Position => start + BytesTaken;

    /// <summary>Bytes taken so far.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>Fills as much of a buffer as is there.</summary>
    /// <returns>How many bytes; 0 only at the end of the input.</returns>
    public async ValueTask<int> ReadSomeAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        ReadOnlySequence<byte> buffer = await WaitAsync(cancellationToken).ConfigureAwait(false);
        int count = (int)Math.Min(buffer.Length, destination.Length);
        buffer = buffer.Slice(0, count);
        buffer.CopyTo(destination.Span);

        // Examined is no more than consumed: what is left over must not make the next read wait for new data.
        input.AdvanceTo(buffer.End);
        BytesTaken += count;
        return count;
    }

    /// <summary>Fills a buffer.</summary>
    /// <returns>How many bytes; fewer than asked for only at the end of the input.</returns>
    public async ValueTask<int> ReadBlockAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int count = await ReadSomeAsync(destination[total..], cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    /// <summary>Whether the input ends here. Waits for that to be known; takes nothing.</summary>
    public async ValueTask<bool> IsAtEndAsync(CancellationToken cancellationToken)
    {
        ReadOnlySequence<byte> buffer = await WaitAsync(cancellationToken).ConfigureAwait(false);
        bool atEnd = buffer.IsEmpty;
        input.AdvanceTo(buffer.Start);
        return atEnd;
    }

    /// <summary>Waits for at least one byte, or the end. The caller must advance.</summary>
    private async ValueTask<ReadOnlySequence<byte>> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (result.IsCanceled)
            {
                input.AdvanceTo(buffer.Start);
                throw new OperationCanceledException("The pending read of the .vae input was cancelled.");
            }

            // The data are looked at before IsCompleted: the last bytes come together with it.
            if (!buffer.IsEmpty || result.IsCompleted)
            {
                return buffer;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
