namespace VaeCodec.Format.Tests;

public sealed class Crc32CTests
{
    [Fact]
    public void CheckValue() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    /// <summary>The examples of RFC 3720, appendix B.4.</summary>
    [Fact]
    public void Rfc3720()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute([.. Enumerable.Repeat((byte)255, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0x113FDB5Cu, Crc32C.Compute([.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))]));
    }

    [Fact]
    public void EveryLengthAndEverySplitAgreeWithTheDefinition()
    {
        byte[] data = new byte[100];
        new Random(1).NextBytes(data);
        for (int length = 0; length <= data.Length; length++)
        {
            uint expected = RawFile.Crc(data.AsSpan(0, length));
            Assert.Equal(expected, Crc32C.Compute(data.AsSpan(0, length)));
            for (int split = 0; split <= length; split++)
            {
                Crc32CAccumulator accumulator = default;
                accumulator.Append(data.AsSpan(0, split));
                accumulator.Append(data.AsSpan(split, length - split));
                Assert.Equal(expected, accumulator.Value);
            }
        }

        Assert.Equal(0u, default(Crc32CAccumulator).Value);
    }
}
