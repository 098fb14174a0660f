using System.Runtime.Intrinsics;

namespace VaeCodec.Imaging.Png;

/// <summary>
/// The checksum at the end of zlib data (RFC 1950, 8.2). The inflater verifies it as well, but does not say where the
/// compressed data ended: that their last four bytes are this sum shows that nothing is missing and nothing follows.
/// </summary>
internal static class Adler32
{
    /// <summary>The checksum of no bytes, to begin with.</summary>
    internal const uint Start = 1;

    private const uint Prime = 65521;

    /// <summary>The most bytes, in whole vectors, for which 32-bit sums cannot overflow.</summary>
    private const int BlockBytes = 347 * 16;

    internal static uint Append(uint sum, ReadOnlySpan<byte> bytes)
    {
        ulong low = sum & 0xFFFF, high = sum >> 16;
        while (bytes.Length >= 16)
        {
            ReadOnlySpan<byte> block = bytes[..Math.Min(BlockBytes, bytes.Length & ~15)];
            AddVectors(block, ref low, ref high);
            bytes = bytes[block.Length..];
        }

        foreach (byte b in bytes)
        {
            low += b;
            high += low;
        }

        return (uint)((high % Prime) << 16) | (uint)(low % Prime);
    }

    private static void AddVectors(ReadOnlySpan<byte> block, ref ulong low, ref ulong high)
    {
        // high counts each byte once for itself and for every byte after it: inside a vector by weights, across
        // vectors by summing the running sums.
        Vector128<ushort> firstWeights = Vector128.Create((ushort)16, 15, 14, 13, 12, 11, 10, 9);
        Vector128<ushort> lastWeights = Vector128.Create((ushort)8, 7, 6, 5, 4, 3, 2, 1);
        Vector128<uint> sums = default, running = default, weighted = default;
        for (int i = 0; i < block.Length; i += 16)
        {
            (Vector128<ushort> first, Vector128<ushort> last) = Vector128.Widen(Vector128.Create(block.Slice(i, 16)));
            running += sums;
            sums += Pairs(first + last);
            weighted += Pairs((first * firstWeights) + (last * lastWeights));
        }

        high += (low * (ulong)block.Length) + (16UL * Total(running)) + Total(weighted);
        low = (low + Total(sums)) % Prime;
        high %= Prime;
    }

    private static Vector128<uint> Pairs(Vector128<ushort> values)
    {
        (Vector128<uint> first, Vector128<uint> last) = Vector128.Widen(values);
        return first + last;
    }

    private static ulong Total(Vector128<uint> values) =>
        (ulong)values[0] + values[1] + values[2] + values[3];
}
