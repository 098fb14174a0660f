using VaeCodec.Imaging.Png;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

public class PngFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void All_filters_are_undone_as_the_specification_says(int step)
    {
        var random = new Random(11);
        for (int i = 0; i < 400; i++)
        {
            int bytes = step * random.Next(1, 120);
            var source = new byte[bytes];
            var above = new byte[bytes];
            random.NextBytes(source);
            random.NextBytes(above);
            for (byte filter = 0; filter < 5; filter++)
            {
                var row = new byte[bytes];
                Assert.True(PngUnfilter.Apply(filter, source, row, above, step));
                Assert.Equal(Undo(filter, source, above, step), row);
            }

            Assert.False(PngUnfilter.Apply((byte)random.Next(5, 256), source, new byte[bytes], above, step));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void The_chosen_filter_is_the_one_with_the_least_sum(int step)
    {
        var random = new Random(12);
        for (int i = 0; i < 60; i++)
        {
            int width = i == 0 ? 9000 : random.Next(1, 400), bytes = step * width;
            byte[] pixels = Pictures.Pixels(random, width, 3, Pictures.Layouts.First(layout => layout.BytesPerPixel() == step));
            var writer = new PngRowFilter(step, bytes, adaptive: true);
            var above = new byte[bytes];
            for (int y = 0; y < 3; y++)
            {
                byte[] row = pixels.AsSpan(y * bytes, bytes).ToArray();
                byte[] filtered = writer.Apply(row).ToArray();
                byte[][] all = [.. Enumerable.Range(0, 5).Select(f => Do((byte)f, row, above, step))];
                long[] sums = [.. all.Select(f => f.Sum(b => (long)Math.Abs((int)(sbyte)b)))];
                int best = Array.IndexOf(sums, sums.Min());
                Assert.Equal(best, filtered[0]);
                Assert.Equal(all[best], filtered[1..]);
                above = row;
            }
        }
    }

    [Fact]
    public void Crc_is_that_of_the_standard()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0xAE426082u, Crc32.Of("IEND"u8));
        var bytes = new byte[1000];
        new Random(13).NextBytes(bytes);
        uint whole = Crc32.Append(uint.MaxValue, bytes);
        Assert.Equal(whole, Crc32.Append(Crc32.Append(uint.MaxValue, bytes.AsSpan(0, 333)), bytes.AsSpan(333)));
    }

    [Fact]
    public void Adler_is_that_of_the_standard()
    {
        Assert.Equal(0x11E60398u, Adler32.Append(Adler32.Start, "Wikipedia"u8));
        var random = new Random(14);
        foreach (int length in new[] { 0, 1, 15, 16, 17, 5551, 5552, 5568, 6000, 100_000 })
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            if (length == 100_000)
            {
                Array.Fill(bytes, (byte)255);
            }

            uint low = 1, high = 0;
            foreach (byte b in bytes)
            {
                low = (low + b) % 65521;
                high = (high + low) % 65521;
            }

            int cut = random.Next(length + 1);
            Assert.Equal((high << 16) | low, Adler32.Append(Adler32.Append(Adler32.Start, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }

    private static byte[] Undo(byte filter, byte[] source, byte[] above, int step)
    {
        var row = new byte[source.Length];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = (byte)(source[i] + Predict(filter, row, above, i, step));
        }

        return row;
    }

    internal static byte[] Do(byte filter, byte[] row, byte[] above, int step) =>
        [.. row.Select((value, i) => (byte)(value - Predict(filter, row, above, i, step)))];

    /// <summary>Clause 9.2, word for word.</summary>
    private static int Predict(byte filter, byte[] row, byte[] above, int i, int step)
    {
        int a = i >= step ? row[i - step] : 0, b = above[i], c = i >= step ? above[i - step] : 0;
        int p = a + b - c;
        int pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
        return filter switch
        {
            0 => 0,
            1 => a,
            2 => b,
            3 => (a + b) / 2,
            _ => pa <= pb && pa <= pc ? a : pb <= pc ? b : c,
        };
    }
}
