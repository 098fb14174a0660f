using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace VaeCodec.Format;

/// <summary>A strict LZ4 block decoder: every read and write is checked, and so are the rules for the end of a block.</summary>
internal static class Lz4BlockDecoder
{
    /// <inheritdoc cref="Lz4Block.Decompress"/>
    public static void Decode(ReadOnlySpan<byte> block, Span<byte> destination, string where)
    {
        int input = 0;
        int output = 0;
        while (true)
        {
            if (input == block.Length)
            {
                Fail(where, "it ends without its last literals");
            }

            int token = block[input++];
            int literals = ReadLength(block, ref input, token >> 4, destination.Length - output, where);
            if (literals > block.Length - input)
            {
                Fail(where, "its literals reach beyond its end");
            }

            block.Slice(input, literals).CopyTo(destination[output..]);
            input += literals;
            output += literals;
            if (input == block.Length)
            {
                Finish(token, output, destination.Length, where);
                return;
            }

            CopyMatch(block, ref input, token & 15, destination, ref output, where);
        }
    }

    private static void CopyMatch(ReadOnlySpan<byte> block, ref int input, int code, Span<byte> destination, ref int output, string where)
    {
        if (block.Length - input < 2)
        {
            Fail(where, "it ends inside the offset of a match");
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(block[input..]);
        input += 2;
        if (offset == 0 || offset > output)
        {
            Fail(where, $"a match reaches back {offset} bytes where {output} have been unpacked");
        }

        if (output > destination.Length - Lz4Block.MatchStartMargin)
        {
            Fail(where, $"a match starts within the last {Lz4Block.MatchStartMargin} bytes");
        }

        // The margin above keeps this positive; and as no match goes beyond it, the last bytes can only be literals.
        int room = destination.Length - Lz4Block.LastLiterals - output;
        int length = ReadLength(block, ref input, code, room - Lz4Block.MinMatch, where) + Lz4Block.MinMatch;
        while (length > 0)
        {
            // Source and target may overlap: each round doubles the distance, so each copy is of bytes already there.
            int count = Math.Min(offset, length);
            destination.Slice(output - offset, count).CopyTo(destination[output..]);
            output += count;
            offset += count;
            length -= count;
        }
    }

    private static int ReadLength(ReadOnlySpan<byte> block, ref int input, int code, int room, string where)
    {
        int length = code;
        if (code == 15)
        {
            byte next;
            do
            {
                if (input == block.Length)
                {
                    Fail(where, "it ends inside a length");
                }

                next = block[input++];
                length += next;
            }
            while (next == 255 && length <= room);
        }

        if (length > room)
        {
            Fail(where, "it unpacks to more than the stated length, or its last five bytes are not literals");
        }

        return length;
    }

    private static void Finish(int token, int output, int expected, string where)
    {
        if (output != expected)
        {
            Fail(where, $"it unpacks to {output} bytes where {expected} are stated");
        }

        if ((token & 15) != 0)
        {
            Fail(where, "its last sequence announces a match that is not there");
        }
    }

    [DoesNotReturn]
    private static void Fail(string where, string what)
        => throw new VaeFormatException(VaeError.InvalidField, $"The LZ4 block of the {where} is not valid: {what}. The file was written wrongly; write it again.");
}
