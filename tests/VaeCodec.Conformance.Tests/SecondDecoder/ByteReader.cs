using System.Buffers.Binary;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Section 1.1: little-endian numbers without padding, one after the other.</summary>
/// <param name="bytes">All bytes.</param>
/// <param name="whenShort">What it means that they end too early.</param>
internal sealed class ByteReader(byte[] bytes, FailureKind whenShort)
{
    /// <summary>Offset of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public int Remaining => bytes.Length - Position;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public byte[] Bytes(long count) => Take(count).ToArray();

    public byte[] Rest() => Bytes(Remaining);

    private ReadOnlySpan<byte> Take(long count)
    {
        DecodingException.Require(count <= Remaining, whenShort, $"{count} bytes are wanted at {Position}, and {Remaining} are left.");
        ReadOnlySpan<byte> taken = bytes.AsSpan(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
