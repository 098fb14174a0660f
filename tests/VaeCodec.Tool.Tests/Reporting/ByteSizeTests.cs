namespace VaeCodec.Tool.Tests;

public class ByteSizeTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("65536", 65536)]
    [InlineData("500k", 500_000)]
    [InlineData("500kB", 500_000)]
    [InlineData("3M", 3_000_000)]
    [InlineData("2G", 2_000_000_000)]
    [InlineData("2 GB", 2_000_000_000)]
    [InlineData("1KiB", 1024)]
    [InlineData("64MiB", 64L << 20)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("2gib", 2L << 30)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void ReadsSizes(string text, long expected)
    {
        Assert.True(ByteSize.TryParse(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.2")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("-1G")]
    [InlineData("k")]
    [InlineData("G")]
    [InlineData("12x")]
    [InlineData("1e9")]
    [InlineData("0x10")]
    [InlineData("1TiB")]
    [InlineData("9223372036854775808")]
    [InlineData("9223372036854775807k")]
    [InlineData("79228162514264337593543950335G")]
    public void RefusesEverythingElse(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("40M", 40_000_000)]
    [InlineData("1.5G", 1_500_000_000)]
    [InlineData("1000000", 1_000_000)]
    public void ReadsCounts(string text, long expected)
    {
        Assert.True(ByteSize.TryParseCount(text, out long count));
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("40MiB")]
    [InlineData("40MB")]
    [InlineData("ten")]
    public void CountsHaveNoBytes(string text) => Assert.False(ByteSize.TryParseCount(text, out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(23_456, "23.5 kB")]
    [InlineData(999_960, "1.0 MB")]
    [InlineData(1_234_567, "1.2 MB")]
    [InlineData(5_000_000_000, "5.0 GB")]
    public void WritesSizesForPeople(long bytes, string expected) => Assert.Equal(expected, ByteSize.Format(bytes));

    [Fact]
    public void RandomTextNeverThrows()
    {
        var random = new Random(7);
        const string Alphabet = "0123456789.,kKmMgGiIbB +-eE";
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            if (ByteSize.TryParse(text, out long bytes))
            {
                Assert.True(bytes >= 1, text);
            }
        }
    }
}
