namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.9: an LZ4 block of known unpacked length.</summary>
internal static class Lz4Block
{
    private const int LongLength = 15;
    private const int LeastMatch = 4;
    private const int LastLiterals = 5;
    private const int LastMatchStart = 12;

    public static byte[] Unpack(byte[] block, int length)
    {
        ByteReader input = new(block, FailureKind.InvalidField);
        byte[] output = new byte[length];
        int filled = 0;
        while (true)
        {
            int token = input.U8();
            int matchCode = token & 15;
            long literals = Length(token >> 4, input);
            Require(literals <= length - filled, "more literals than fit");
            input.Bytes(literals).CopyTo(output, filled);
            filled += (int)literals;
            if (input.Remaining == 0)
            {
                Require(matchCode == 0, "a match behind the end");
                Require(filled == length, "fewer bytes than announced");
                return output;
            }

            int offset = input.U16();
            Require(offset >= 1 && offset <= filled, $"an offset of {offset} after {filled} bytes");
            long match = Length(matchCode, input) + LeastMatch;
            Require(filled <= length - LastMatchStart, "a match that starts too late");
            Require(filled + match <= length - LastLiterals, "a match that ends too late");
            for (long copied = 0; copied < match; copied++, filled++)
            {
                output[filled] = output[filled - offset];
            }
        }
    }

    private static long Length(int code, ByteReader input)
    {
        long length = code;
        if (code == LongLength)
        {
            int more;
            do
            {
                more = input.U8();
                length += more;
            }
            while (more == 255);
        }

        return length;
    }

    private static void Require(bool holds, string broken) => DecodingException.Require(holds, FailureKind.InvalidField, $"An LZ4 block with {broken}.");
}
