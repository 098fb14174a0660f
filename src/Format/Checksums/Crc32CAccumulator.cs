using System.Buffers.Binary;
using System.Numerics;

namespace VaeCodec.Format;

/// <summary>Computes a <see cref="Crc32C"/> piece by piece. The default value has seen no bytes.</summary>
/// <remarks>A mutable struct: copy it to branch the computation.</remarks>
public struct Crc32CAccumulator
{
    // Kept complemented, so that default(Crc32CAccumulator) is the proper initial state of all ones.
    private uint _complement;

    /// <summary>The checksum of all bytes appended so far; 0 before the first.</summary>
    public readonly uint Value => _complement;

    /// <summary>Appends bytes.</summary>
    /// <param name="data">The next bytes, in order.</param>
    public void Append(ReadOnlySpan<byte> data)
    {
        uint crc = ~_complement;
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        _complement = ~crc;
    }
}
