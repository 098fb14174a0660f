namespace VaeCodec.Tool.Tests;

public class ComparingSinkTests
{
    [Fact]
    public async Task ComparesPicturesInBands()
    {
        // Taller than a band, so that the bands and the last partial one are all used.
        var picture = new PictureDescription(997, 611, PixelLayout.Rgb24);
        var random = new Random(3);
        byte[] first = new byte[picture.RowBytes * picture.Height];
        byte[] second = new byte[first.Length];
        random.NextBytes(first);
        random.NextBytes(second);
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += Math.Pow(first[i] - second[i], 2);
        }

        double actual = await ComparingSink.CompareAsync(new MemoryRowSource(picture, first), new MemoryRowSource(picture, second), default);
        Assert.Equal(10 * Math.Log10(255.0 * 255.0 * first.Length / sum), actual, 9);
    }

    [Fact]
    public async Task PicturesOfDifferentSizesDoNotCompare()
    {
        var first = new MemoryRowSource(new PictureDescription(2, 1, PixelLayout.Gray8), new byte[] { 1, 2 });
        var second = new MemoryRowSource(new PictureDescription(1, 2, PixelLayout.Gray8), new byte[] { 1, 2 });
        await Assert.ThrowsAsync<VaeFormatException>(() => ComparingSink.CompareAsync(first, second, default));
    }
}
