using System.Buffers;
using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>Takes sections out of a byte source: frames, then payloads whole or skipped, their checksums verified.</summary>
internal sealed class SectionSource(PipeByteSource bytes)
{
    private const int SkipBuffer = 16 * 1024;

    // One section is read at a time; frames and checksums share this.
    private readonly byte[] _small = new byte[Preamble.Size];

    /// <summary>Offset in the file of the next byte.</summary>
    public long Position => bytes.Position;

    /// <summary>Bytes taken so far.</summary>
    public long BytesTaken => bytes.BytesTaken;

    /// <summary>Reads and checks the preamble.</summary>
    /// <returns>The file's version.</returns>
    public async ValueTask<FormatVersion> ReadPreambleAsync(CancellationToken cancellationToken)
    {
        int count = await bytes.ReadBlockAsync(_small.AsMemory(0, Preamble.Size), cancellationToken).ConfigureAwait(false);
        return Preamble.Verify(_small.AsSpan(0, count));
    }

    /// <summary>Reads and checks the next frame.</summary>
    /// <param name="expected">What should come, for the message when the input ends.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<SectionFrame> ReadFrameAsync(string expected, CancellationToken cancellationToken)
    {
        long offset = bytes.Position;
        int count = await bytes.ReadBlockAsync(_small.AsMemory(0, SectionFrame.Size), cancellationToken).ConfigureAwait(false);
        if (count < SectionFrame.Size)
        {
            throw new VaeFormatException(
                VaeError.Truncated,
                $"The input ends at offset {bytes.Position} in the frame of a section at offset {offset}, where {expected} was expected: "
                + $"{SectionFrame.Size} bytes expected, {count} received. The file was cut short; fetch it again.");
        }

        return SectionFrame.Parse(_small.AsSpan(0, SectionFrame.Size), offset);
    }

    /// <summary>Reads a payload whose length has been checked against its limit, and verifies its CRC.</summary>
    /// <param name="frame">Its frame.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <param name="takeCut">Takes what was received where the input ends within the payload or its checksum, and disposes it; null where nobody wants that.</param>
    /// <returns>The payload; the caller disposes it.</returns>
    public async ValueTask<PooledBuffer> ReadPayloadAsync(SectionFrame frame, CancellationToken cancellationToken, Action<PooledBuffer>? takeCut = null)
    {
        PooledBuffer payload = new();
        int remaining = checked((int)frame.Length);
        try
        {
            while (remaining > 0)
            {
                int count = await bytes.ReadSomeAsync(payload.Free(remaining), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw Truncated(frame, frame.Length - remaining);
                }

                payload.Commit(count);
                remaining -= count;
            }

            Crc32CAccumulator crc = frame.Crc;
            crc.Append(payload.Written.Span);
            await VerifyCrcAsync(frame, crc.Value, cancellationToken).ConfigureAwait(false);
            return payload;
        }
        catch (VaeFormatException exception) when (takeCut is not null && exception.Error == VaeError.Truncated && remaining < frame.Length)
        {
            takeCut(payload);
            throw;
        }
        catch
        {
            payload.Dispose();
            throw;
        }
    }

    /// <summary>Reads past a payload in small pieces and verifies its CRC all the same.</summary>
    public async ValueTask SkipPayloadAsync(SectionFrame frame, CancellationToken cancellationToken)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(frame.Length, 1, SkipBuffer));
        try
        {
            Crc32CAccumulator crc = frame.Crc;
            long remaining = frame.Length;
            while (remaining > 0)
            {
                Memory<byte> wanted = piece.AsMemory(0, (int)Math.Min(piece.Length, remaining));
                int count = await bytes.ReadSomeAsync(wanted, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw Truncated(frame, frame.Length - remaining);
                }

                crc.Append(piece.AsSpan(0, count));
                remaining -= count;
            }

            await VerifyCrcAsync(frame, crc.Value, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Demands that nothing follows.</summary>
    public async ValueTask ReadEndAsync(CancellationToken cancellationToken)
    {
        if (!await bytes.IsAtEndAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new VaeFormatException(
                VaeError.TrailingData,
                $"Bytes follow the end section at offset {bytes.Position}. The picture is whole; remove what was appended to the file.");
        }
    }

    private async ValueTask VerifyCrcAsync(SectionFrame frame, uint computed, CancellationToken cancellationToken)
    {
        int count = await bytes.ReadBlockAsync(_small.AsMemory(0, SectionFrame.CrcSize), cancellationToken).ConfigureAwait(false);
        if (count < SectionFrame.CrcSize)
        {
            throw Truncated(frame, frame.Length + count);
        }

        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(_small);
        if (stored != computed)
        {
            throw new VaeFormatException(
                VaeError.ChecksumMismatch,
                $"The {frame.Describe()} is damaged: its CRC-32C is 0x{stored:X8}, computed is 0x{computed:X8}. Fetch the file again.");
        }
    }

    private static VaeFormatException Truncated(SectionFrame frame, long received) => new(
        VaeError.Truncated,
        $"The input ends inside the {frame.Describe()}: {(long)frame.Length + SectionFrame.CrcSize} bytes of payload and CRC expected, "
        + $"{received} received. The file was cut short; fetch it again.");
}
