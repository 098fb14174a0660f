using System.Buffers.Binary;

namespace VaeCodec.Imaging.Png;

/// <summary>Writes PNG chunks (PNG third edition, 5.3).</summary>
internal static class PngChunkWriter
{
    internal static async ValueTask WriteAsync(Stream output, uint type, ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), type);
        uint crc = ~Crc32.Append(Crc32.Append(uint.MaxValue, frame.AsSpan(4)), payload.Span);
        await output.WriteAsync(frame, ct).ConfigureAwait(false);
        await output.WriteAsync(payload, ct).ConfigureAwait(false);
        BinaryPrimitives.WriteUInt32BigEndian(frame, crc);
        await output.WriteAsync(frame.AsMemory(0, 4), ct).ConfigureAwait(false);
    }
}
