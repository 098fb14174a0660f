using System.Buffers.Binary;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Coding;

/// <summary>Chapter 4: the symbols of a tile.</summary>
/// <param name="Z">Hyper-latents.</param>
/// <param name="Q">Quantised latents.</param>
internal sealed record TileSymbols(Grid<int> Z, Grid<int> Q)
{
    /// <summary>Section 4.5: z as i8, then q as i16, both in the order row, column, channel.</summary>
    public byte[] ToBytes()
    {
        int hyperCount = Z.Values.Length;
        byte[] bytes = new byte[hyperCount + (2 * Q.Values.Length)];
        for (int i = 0; i < hyperCount; i++)
        {
            bytes[i] = (byte)(sbyte)Z.Values[i];
        }

        for (int i = 0; i < Q.Values.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(hyperCount + (2 * i)), (short)Q.Values[i]);
        }

        return bytes;
    }
}
