using VaeCodec.Metrics.Tests.Support;

namespace VaeCodec.Metrics.Tests;

/// <summary>Pictures with alpha, of one byte and of two a sample.</summary>
public class AlphaTests
{
    private static readonly SampleFormat s_rgba = new(3, hasAlpha: true);

    [Fact]
    public void ColourAndAlphaAreMeasuredApart()
    {
        // Red is wrong by 10 in one pixel of two: 100 / 6. Alpha is wrong by 4 in the other: 16 / 2.
        var difference = new SampleDifference(s_rgba);
        difference.Add([100, 50, 60, 255, 1, 2, 3, 200], [110, 50, 60, 255, 1, 2, 3, 196]);
        Assert.Equal(10 * Math.Log10(255 * 255 / (100.0 / 6)), difference.Psnr, 12);
        Assert.Equal(10 * Math.Log10(255 * 255 / (2.99 * 2.99 / 2)), difference.PsnrY, 12);
        Assert.Equal(10 * Math.Log10(255 * 255 / 8.0), difference.AlphaPsnr!.Value, 12);
        Assert.Equal(10, difference.MaxError);
        Assert.Equal(4, difference.MaxAlphaError);
        Assert.Equal(6, difference.Samples);
    }

    [Fact]
    public void SixteenBitsHaveTheirOwnPeak()
    {
        var difference = new SampleDifference(new SampleFormat(1, hasAlpha: true, bitDepth: 16));
        difference.Add(DeepTestPicture.Bytes(1000, 65535, 2000, 300), DeepTestPicture.Bytes(1500, 65535, 2000, 0));
        Assert.Equal(10 * Math.Log10(65535.0 * 65535 / (500.0 * 500 / 2)), difference.Psnr, 12);
        Assert.Equal(difference.Psnr, difference.PsnrY);
        Assert.Equal(10 * Math.Log10(65535.0 * 65535 / (300.0 * 300 / 2)), difference.AlphaPsnr!.Value, 12);
        Assert.Equal(500, difference.MaxError);
        Assert.Equal(300, difference.MaxAlphaError);
    }

    [Fact]
    public void ColourThatCannotBeSeenDoesNotCount()
    {
        var hidden = new SampleDifference(s_rgba);
        hidden.Add([0, 0, 0, 0, 5, 5, 5, 9], [255, 255, 255, 0, 5, 5, 8, 9]);
        Assert.Equal(3, hidden.MaxError);
        Assert.Equal(3, hidden.Samples);
        Assert.Equal(10 * Math.Log10(255 * 255 / 3.0), hidden.Psnr, 12);
        Assert.Equal(20 * Math.Log10(255 / 0.342), hidden.PsnrY, 12);
        Assert.Equal(double.PositiveInfinity, hidden.AlphaPsnr);
        Assert.Equal(0, hidden.MaxAlphaError);

        var nothing = new SampleDifference(s_rgba);
        nothing.Add([1, 2, 3, 0], [9, 9, 9, 0]);
        Assert.Equal(double.PositiveInfinity, nothing.Psnr);
        Assert.Equal(0, nothing.Samples);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void ColourThatCanBeSeenInOneOfThemCounts(byte first, byte second)
    {
        var difference = new SampleDifference(new SampleFormat(1, hasAlpha: true));
        difference.Add([10, first], [17, second]);
        Assert.Equal(7, difference.MaxError);
        Assert.Equal(1, difference.MaxAlphaError);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    [InlineData(1, 16)]
    [InlineData(3, 16)]
    [InlineData(3, 11)]
    public void UnderOpaqueAlphaThePicturesMeasureAsWithoutIt(int channels, int bits)
    {
        (byte[] first, byte[] second) = bits == 8 ? Shallow(channels) : Deep(channels, bits);
        int bytes = bits == 8 ? 1 : 2;
        PictureComparison expected = PictureComparison.Compare(first, second, 90, 70, new SampleFormat(channels, bitDepth: bits));
        SampleFormat format = new(channels, hasAlpha: true, bits);
        byte[] opaque = bytes == 1 ? [255] : DeepTestPicture.Bytes(format.Peak);
        PictureComparison actual = PictureComparison.Compare(
            WithAlpha(first, channels * bytes, opaque), WithAlpha(second, channels * bytes, opaque), 90, 70, format);
        Assert.Equal(expected with { AlphaPsnr = double.PositiveInfinity, MaxAlphaError = 0 }, actual);
        Assert.InRange(actual.Ssim, 0.01, 0.999);
    }

    [Fact]
    public void SimilarityLooksAtColourAsItIsStored()
    {
        TestPicture picture = TestPicture.Make(7, 90, 70, 3, 30);
        double expected = picture.Compare().Ssim;
        var actual = PictureComparison.Compare(WithAlpha(picture.Original, 3, [0]), WithAlpha(picture.Disturbed, 3, [0]), 90, 70, s_rgba);
        Assert.Equal(expected, actual.Ssim);
        Assert.Equal(double.PositiveInfinity, actual.Psnr);
    }

    [Fact]
    public void ThereIsNoAlphaWithoutAlpha()
    {
        PictureComparison comparison = TestPicture.Make(8, 20, 20, 3, 5).Compare();
        Assert.Null(comparison.AlphaPsnr);
        Assert.Null(comparison.MaxAlphaError);
    }

    private static (byte[] First, byte[] Second) Shallow(int channels)
    {
        TestPicture picture = TestPicture.Make(channels, 90, 70, channels, 25);
        return (picture.Original, picture.Disturbed);
    }

    private static (byte[] First, byte[] Second) Deep(int channels, int bits)
    {
        DeepTestPicture picture = DeepTestPicture.Make(channels, 90, 70, new SampleFormat(channels, bitDepth: bits), 1 << (bits - 4));
        return (picture.Original, picture.Disturbed);
    }

    private static byte[] WithAlpha(byte[] pixels, int colourBytes, byte[] alpha) => [.. pixels.Chunk(colourBytes).SelectMany(pixel => pixel.Concat(alpha))];
}
