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
    public async Task ComparesAlphaAndSamplesOfTwoBytes()
    {
        // Grey is wrong by 100 in the first of three pixels, alpha by 3 in two; the third is transparent in both pictures, and its grey does not count.
        var picture = new PictureDescription(3, 1, PixelLayout.GrayAlpha32) { BitDepth = 12 };
        var sink = new ComparingSink(new MemoryRowSource(picture, LittleEndian(1000, 4095, 500, 7, 9, 0)));
        await RowCopy.CopyAsync(new MemoryRowSource(picture, LittleEndian(1100, 4092, 500, 10, 4000, 0)), sink, default);
        Assert.Equal(10 * Math.Log10(4095.0 * 4095 / (100.0 * 100 / 2)), sink.Psnr, 9);
        Assert.Equal(10 * Math.Log10(4095.0 * 4095 / (3 * 3 * 2 / 3.0)), sink.AlphaPsnr!.Value, 9);
    }

    /// <summary>Bounds hold for colours that cannot be seen, too.</summary>
    [Theory]
    [InlineData(PixelLayout.GrayAlpha16)]
    [InlineData(PixelLayout.Rgba64)]
    public async Task ColoursUnderNoAlphaAreHeldToWhatWasAskedFor(PixelLayout layout)
    {
        var picture = new PictureDescription(2, 1, layout);
        byte[] pixels = new byte[picture.RowBytes], other = new byte[picture.RowBytes];
        other[layout.BytesPerPixel()] = 3;
        var sink = new ComparingSink(new MemoryRowSource(picture, pixels));
        await RowCopy.CopyAsync(new MemoryRowSource(picture, other), sink, default);
        Assert.Equal(double.PositiveInfinity, sink.Psnr);
        sink.Require(new VaeEncoderOptions { MaxError = 3 });
        sink.Require(new VaeEncoderOptions { Quality = 50 });
        VaeException wrong = Assert.Throws<VaeException>(() => sink.Require(new VaeEncoderOptions { MaxError = 2 }));
        Assert.Contains("wrong by 3 levels, where 2", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PicturesOfDifferentDepthsDoNotCompare()
    {
        var twelve = new PictureDescription(1, 1, PixelLayout.Gray16) { BitDepth = 12 };
        var sixteen = new PictureDescription(1, 1, PixelLayout.Gray16);
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(
            () => ComparingSink.CompareAsync(new MemoryRowSource(twelve, LittleEndian(1)), new MemoryRowSource(sixteen, LittleEndian(1)), default));
        Assert.Equal("The decoded picture is 1 x 1 (grey, 16 bits), the original 1 x 1 (grey, 12 bits).", exception.Message);
    }

    [Fact]
    public async Task PicturesOfDifferentSizesDoNotCompare()
    {
        var first = new MemoryRowSource(new PictureDescription(2, 1, PixelLayout.Gray8), new byte[] { 1, 2 });
        var second = new MemoryRowSource(new PictureDescription(1, 2, PixelLayout.Gray8), new byte[] { 1, 2 });
        await Assert.ThrowsAsync<VaeFormatException>(() => ComparingSink.CompareAsync(first, second, default));
    }

    /// <summary>--verify holds a file against what was asked for, not only against nothing.</summary>
    [Theory]
    [InlineData(0, 0, true, 0, 100, true)]
    [InlineData(1, 0, true, 0, 100, false)]
    [InlineData(2, 0, false, 2, 100, true)]
    [InlineData(3, 0, false, 2, 100, false)]
    [InlineData(2, 1, false, 2, 100, false)]
    [InlineData(90, 0, false, 0, 100, true)]
    [InlineData(90, 1, false, 0, 100, false)]
    [InlineData(90, 1, false, 0, 80, true)]
    public async Task WhatWasAskedForIsRequired(int colourError, int alphaError, bool lossless, int maxError, int alphaQuality, bool holds)
    {
        var picture = new PictureDescription(2, 1, PixelLayout.GrayAlpha16);
        var sink = new ComparingSink(new MemoryRowSource(picture, new byte[] { 100, 50, 7, 50 }));
        await RowCopy.CopyAsync(new MemoryRowSource(picture, new byte[] { (byte)(100 + colourError), 50, 7, (byte)(50 - alphaError) }), sink, default);
        var options = new VaeEncoderOptions { Lossless = lossless, MaxError = maxError, AlphaQuality = alphaQuality };
        if (holds)
        {
            sink.Require(options);
        }
        else
        {
            Assert.StartsWith("Not kept: ", Assert.Throws<VaeException>(() => sink.Require(options)).Message, StringComparison.Ordinal);
        }
    }

    private static byte[] LittleEndian(params int[] samples) => [.. samples.SelectMany(sample => (byte[])[(byte)sample, (byte)(sample >> 8)])];
}
