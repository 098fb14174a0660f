using VaeCodec.Conformance.Tests.Streams;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Rejection;

/// <summary>Damage in transit: cut short, bits flipped, bytes appended, transfers as text.</summary>
public class DamageTests
{
    [Fact]
    public void TruncatedAnywhere()
    {
        byte[] file = Rejecting.Bytes("square-64x64");
        for (int length = 0; length < file.Length; length++)
        {
            Rejecting.Expect<VaeFormatException>(VaeError.Truncated, file[..length]);
        }
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("tiles-five-1290x16")]
    [InlineData("tiles-600x530")]
    [InlineData("high-16x1100")]
    public void TruncatedAroundSectionsAndAtRandom(string vector)
    {
        byte[] file = Rejecting.Bytes(vector);
        SeededRandom random = new(7);
        IEnumerable<int> around = StreamStructure.Parse(file).Boundaries().SelectMany(offset => (int[])[offset - 1, offset, offset + 1, offset + 7, offset + 8, offset + 9]);
        foreach (int length in around.Concat(Enumerable.Range(0, 40).Select(_ => random.Below(file.Length))).Where(length => length < file.Length))
        {
            Rejecting.Expect<VaeFormatException>(VaeError.Truncated, file[..length]);
        }
    }

    [Fact]
    public void EverySingleBitFlipped()
    {
        byte[] file = Rejecting.Bytes("square-64x64");
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            byte[] flipped = [.. file];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Rejecting.Expect<VaeFormatException>(bit / 8 < 8 ? VaeError.BadSignature : VaeError.ChecksumMismatch, flipped);
        }
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("tiles-600x530")]
    public void RandomBitsFlipped(string vector)
    {
        byte[] file = Rejecting.Bytes(vector);
        SeededRandom random = new(11);
        for (int i = 0; i < 150; i++)
        {
            int bit = random.Below(8 * file.Length);
            byte[] flipped = [.. file];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Rejecting.Expect<VaeFormatException>(bit / 8 < 8 ? VaeError.BadSignature : VaeError.ChecksumMismatch, flipped);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xFF)]
    public void ByteAfterTheEnd(byte value)
        => Rejecting.Expect<VaeFormatException>(VaeError.TrailingData, [.. Rejecting.Bytes("square-64x64"), value]);

    [Fact]
    public void TwoFilesInOne()
    {
        byte[] file = Rejecting.Bytes("square-64x64");
        Rejecting.Expect<VaeFormatException>(VaeError.TrailingData, [.. file, .. file]);
    }

    [Fact]
    public void OtherFormats()
    {
        byte[][] heads = [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF, 0xE0], [.. "P6\n1 1\n255\n"u8], new byte[64]];
        foreach (byte[] head in heads)
        {
            Rejecting.ExpectCheaply<VaeFormatException>(VaeError.BadSignature, [.. head, .. new byte[100]], 64 << 10);
        }
    }

    [Fact]
    public void TransfersAsText()
    {
        byte[] file = Rejecting.Bytes("square-64x64");
        byte[] withoutReturns = [.. file.Where((value, i) => value != 0x0D || i + 1 == file.Length || file[i + 1] != 0x0A)];
        byte[] withReturns = [.. file.SelectMany(value => value == 0x0A ? new byte[] { 0x0D, 0x0A } : [value])];
        byte[] sevenBits = [.. file.Select(value => (byte)(value & 0x7F))];
        foreach (byte[] broken in (byte[][])[withoutReturns, withReturns, sevenBits])
        {
            Rejecting.Expect<VaeFormatException>(VaeError.BadSignature, broken);
        }
    }
}
