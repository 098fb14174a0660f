using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>The payload of the end section (spec/vae-format.md, "End").</summary>
/// <param name="IndexOffset">Offset of the index section's frame, or 0 when there is none.</param>
/// <param name="TileCount">Number of tiles.</param>
internal readonly record struct EndFields(ulong IndexOffset, uint TileCount)
{
    public const int Size = 12;

    public static EndFields Read(ReadOnlySpan<byte> payload) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(payload),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]));

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, IndexOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], TileCount);
    }
}
