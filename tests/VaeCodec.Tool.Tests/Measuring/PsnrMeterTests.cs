using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class PsnrMeterTests
{
    [Fact]
    public void IdenticalSamplesAreInfinitelyGood()
    {
        var meter = new PsnrMeter();
        meter.Add([1, 2, 3], [1, 2, 3]);
        Assert.Equal(double.PositiveInfinity, meter.Decibels);
        Assert.Equal("inf", PsnrMeter.Format(meter.Decibels));
    }

    [Fact]
    public void OneLevelOffEverywhereIs48Decibels()
    {
        var meter = new PsnrMeter();
        meter.Add([10, 20], [11, 19]);
        meter.Add([0], [1]);
        Assert.Equal(3, meter.Samples);
        Assert.Equal(20 * Math.Log10(255), meter.Decibels, 10);
        Assert.Equal("48.13", PsnrMeter.Format(meter.Decibels));
    }

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

        double actual = await PsnrMeter.CompareAsync(new MemoryRowSource(picture, first), new MemoryRowSource(picture, second), default);
        Assert.Equal(10 * Math.Log10(255.0 * 255.0 * first.Length / sum), actual, 9);
    }

    [Fact]
    public async Task PicturesOfDifferentSizesDoNotCompare()
    {
        var first = new MemoryRowSource(new PictureDescription(2, 1, PixelLayout.Gray8), new byte[] { 1, 2 });
        var second = new MemoryRowSource(new PictureDescription(1, 2, PixelLayout.Gray8), new byte[] { 1, 2 });
        await Assert.ThrowsAsync<VaeFormatException>(() => PsnrMeter.CompareAsync(first, second, default));
    }
}
