using System.Buffers;
using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>A greedy LZ4 block encoder: one hash table of four-byte sequences, latest position wins.</summary>
/// <remarks>Metadata are small; a plain matcher is within some per cent of the reference's default level.</remarks>
internal static class Lz4BlockEncoder
{
    private const int HashBits = 14;

    // After this many misses (as a power of two) the search takes longer steps, so that data that do not compress cost little.
    private const int SkipShift = 6;

    /// <inheritdoc cref="Lz4Block.TryCompress"/>
    public static bool TryEncode(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        written = 0;
        int output = 0;
        int anchor = 0;
        if (source.Length > Lz4Block.MatchStartMargin)
        {
            int[] table = ArrayPool<int>.Shared.Rent(1 << HashBits);
            try
            {
                // Entries are position + 1: zero is "never seen".
                Array.Clear(table, 0, 1 << HashBits);
                if (!TryEncodeMatches(source, destination, table, ref anchor, ref output))
                {
                    return false;
                }
            }
            finally
            {
                ArrayPool<int>.Shared.Return(table);
            }
        }

        if (!TryPutSequence(source[anchor..], 0, 0, destination, ref output))
        {
            return false;
        }

        written = output;
        return true;
    }

    private static bool TryEncodeMatches(ReadOnlySpan<byte> source, Span<byte> destination, int[] table, ref int anchor, ref int output)
    {
        int lastStart = source.Length - Lz4Block.MatchStartMargin;
        int matchEnd = source.Length - Lz4Block.LastLiterals;
        int position = 0;
        int misses = 0;
        while (position <= lastStart)
        {
            uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(source[position..]);
            ref int slot = ref table[Hash(sequence)];
            int candidate = slot - 1;
            slot = position + 1;
            if (candidate < 0 || position - candidate > Lz4Block.MaxOffset
                || BinaryPrimitives.ReadUInt32LittleEndian(source[candidate..]) != sequence)
            {
                position += 1 + (misses++ >> SkipShift);
                continue;
            }

            misses = 0;
            while (position > anchor && candidate > 0 && source[position - 1] == source[candidate - 1])
            {
                position--;
                candidate--;
            }

            int length = source[(candidate + Lz4Block.MinMatch)..]
                .CommonPrefixLength(source[(position + Lz4Block.MinMatch)..matchEnd]) + Lz4Block.MinMatch;
            if (!TryPutSequence(source[anchor..position], position - candidate, length, destination, ref output))
            {
                return false;
            }

            position += length;
            anchor = position;
        }

        return true;
    }

    /// <summary>Writes literals and, unless its length is 0, a match.</summary>
    private static bool TryPutSequence(ReadOnlySpan<byte> literals, int offset, int matchLength, Span<byte> destination, ref int output)
    {
        bool hasMatch = matchLength != 0;
        int matchCode = hasMatch ? matchLength - Lz4Block.MinMatch : 0;
        long size = 1L + ExtensionSize(literals.Length) + literals.Length + (hasMatch ? 2 + ExtensionSize(matchCode) : 0);
        if (size > destination.Length - output)
        {
            return false;
        }

        destination[output++] = (byte)((Math.Min(literals.Length, 15) << 4) | Math.Min(matchCode, 15));
        PutExtension(literals.Length, destination, ref output);
        literals.CopyTo(destination[output..]);
        output += literals.Length;
        if (hasMatch)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(destination[output..], (ushort)offset);
            output += 2;
            PutExtension(matchCode, destination, ref output);
        }

        return true;
    }

    private static int ExtensionSize(int length) => length < 15 ? 0 : ((length - 15) / 255) + 1;

    private static void PutExtension(int length, Span<byte> destination, ref int output)
    {
        if (length < 15)
        {
            return;
        }

        int rest = length - 15;
        for (; rest >= 255; rest -= 255)
        {
            destination[output++] = 255;
        }

        destination[output++] = (byte)rest;
    }

    private static int Hash(uint sequence) => (int)((sequence * 2654435761u) >> (32 - HashBits));
}
