namespace VaeCodec.Format.Tests;

public sealed class Lz4BlockTests
{
    public static IEnumerable<byte[]> Data()
    {
        for (int size = 0; size < 400; size++)
        {
            yield return SampleData.Create(new Random(size), size);
        }

        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            yield return SampleData.Create(random, random.Next(400, 70_001));
        }

        foreach (int size in new[] { 4096, 65_535, 65_536, 65_547, 65_548, 70_000 })
        {
            yield return new byte[size];
            byte[] far = new byte[size];
            new Random(size).NextBytes(far);
            far.AsSpan(0, 300).CopyTo(far.AsSpan(size - 320));
            yield return far;
        }
    }

    [Fact]
    public void RoundTrip()
    {
        foreach (byte[] data in Data())
        {
            byte[] block = Compress(data);
            byte[] unpacked = new byte[data.Length];
            Lz4Block.Decompress(block, unpacked, "test");
            Assert.True(data.AsSpan().SequenceEqual(unpacked));
        }
    }

    [LibLz4Fact]
    public void TheReferenceReadsOurs()
    {
        foreach (byte[] data in Data())
        {
            byte[]? unpacked = LibLz4.Decompress(Compress(data), data.Length);
            Assert.NotNull(unpacked);
            Assert.True(data.AsSpan().SequenceEqual(unpacked));
        }
    }

    [LibLz4Fact]
    public void WeReadTheReferences()
    {
        long ours = 0, theirs = 0;
        foreach (byte[] data in Data())
        {
            byte[] block = LibLz4.Compress(data);
            byte[] unpacked = new byte[data.Length];
            Lz4Block.Decompress(block, unpacked, "test");
            Assert.True(data.AsSpan().SequenceEqual(unpacked));
            ours += Compress(data).Length;
            theirs += block.Length;
        }

        Assert.True(ours < theirs * 1.05, $"ours {ours}, reference {theirs}");
    }

    [Fact]
    public void WhatDoesNotFitIsSaidAndNothingIsWrittenBeyond()
    {
        foreach (byte[] data in Data().Where(d => d.Length is > 0 and < 400))
        {
            byte[] block = Compress(data);
            for (int room = 0; room <= block.Length; room++)
            {
                byte[] destination = new byte[room];
                bool fits = Lz4Block.TryCompress(data, destination, out int written);
                Assert.Equal(room == block.Length, fits);
                Assert.Equal(fits ? room : 0, written);
            }
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("10", 1)]
    [InlineData("F0", 20)]
    [InlineData("F0FF", 20)]
    [InlineData("1041", 2)]
    [InlineData("204142", 1)]
    [InlineData("1141", 1)]
    [InlineData("104101", 20)]
    [InlineData("1A41000050414141414141", 20)]
    [InlineData("1A41020050414141414141", 20)]
    [InlineData("1A41010040414141414141", 19)]
    [InlineData("1A410100", 15)]
    [InlineData("104101004041414141", 9)]
    [InlineData("1FFF", 40)]
    [InlineData("1F410100FFFFFF", 40)]
    public void BadBlocksAreRejected(string hex, int size)
    {
        VaeFormatException exception = Assert.Throws<VaeFormatException>(
            () => Lz4Block.Decompress(Convert.FromHexString(hex), new byte[size], "test"));
        Assert.Equal(VaeError.InvalidField, exception.Error);
    }

    [Fact]
    public void MutatedBlocksGiveTheOneException()
    {
        int rejected = 0;
        for (int round = 0; round < 20_000; round++)
        {
            Random random = new(round);
            byte[] data = SampleData.Create(random, random.Next(1, 600));
            byte[] block = Compress(data);
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                block[random.Next(block.Length)] = random.Next(3) == 0 ? (byte)255 : (byte)random.Next(256);
            }

            block = block[..random.Next(1, block.Length + 1)];
            int size = random.Next(4) == 0 ? random.Next(0, 700) : data.Length;
            try
            {
                Lz4Block.Decompress(block, new byte[size], "test");
            }
            catch (VaeFormatException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 10_000, 19_999);
    }

    /// <summary>Whatever the strict decoder accepts, the reference accepts with the same result.</summary>
    [LibLz4Fact]
    public void WhatWeAcceptTheReferenceAccepts()
    {
        int accepted = 0;
        for (int round = 0; round < 20_000; round++)
        {
            Random random = new(round);
            byte[] data = SampleData.Create(random, random.Next(1, 300));
            byte[] block = Compress(data);
            block[random.Next(block.Length)] = (byte)random.Next(256);
            byte[] unpacked = new byte[data.Length];
            try
            {
                Lz4Block.Decompress(block, unpacked, "test");
            }
            catch (VaeFormatException)
            {
                continue;
            }

            accepted++;
            Assert.Equal(LibLz4.Decompress(block, data.Length), unpacked);
        }

        Assert.True(accepted > 1000, $"{accepted}");
    }

    private static byte[] Compress(byte[] data)
    {
        byte[] block = new byte[data.Length + (data.Length / 255) + 16];
        Assert.True(Lz4Block.TryCompress(data, block, out int size));
        return block[..size];
    }
}
