using VaeCodec.Metrics.Tests.Support;

namespace VaeCodec.Metrics.Tests;

public class StructuralSimilarityTests
{
    [Fact]
    public void IdenticalPicturesAreOne()
    {
        TestPicture picture = TestPicture.Make(1, 200, 170, 3, 0);
        var similarity = StructuralSimilarity.Compare(picture.Original, picture.Original, 200, 170, 3);
        Assert.Equal(1, similarity.Ssim, 12);
        Assert.Equal(1, similarity.MsSsim, 12);
        Assert.Equal(5, similarity.Scales);
        Assert.Equal(double.PositiveInfinity, StructuralSimilarity.ToDecibels(1));
        Assert.Equal(20, StructuralSimilarity.ToDecibels(0.99), 12);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(10, 400)]
    [InlineData(64, 64)]
    public void FlatPicturesDifferOnlyInLuminance(int width, int height)
    {
        // Without structure SSIM is (2 a b + C1) / (a a + b b + C1), C1 = 6.5025, and so is the last scale of MS-SSIM.
        byte[] first = new byte[width * height];
        byte[] second = new byte[width * height];
        Array.Fill(first, (byte)100);
        Array.Fill(second, (byte)150);
        double expected = (30000 + 6.5025) / (10000 + 22500 + 6.5025);
        var similarity = StructuralSimilarity.Compare(first, second, width, height, 1);
        Assert.Equal(expected, similarity.Ssim, 9);
        double[] exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
        double last = exponents[similarity.Scales - 1] / exponents.Take(similarity.Scales).Sum();
        Assert.Equal(Math.Pow(expected, last), similarity.MsSsim, 9);
    }

    [Fact]
    public void OnePixelHasNoVariance()
    {
        var similarity = StructuralSimilarity.Compare(new byte[] { 0, 10, 200 }, new byte[] { 0, 10, 200 }, 1, 1, 3);
        Assert.Equal(1, similarity.Ssim);
        Assert.Equal(1, similarity.MsSsim);
        Assert.Equal(1, similarity.Scales);
    }

    [Theory]
    [InlineData(161, 5)]
    [InlineData(160, 4)]
    [InlineData(81, 4)]
    [InlineData(80, 3)]
    [InlineData(41, 3)]
    [InlineData(21, 2)]
    [InlineData(20, 1)]
    [InlineData(3, 1)]
    public void SmallPicturesHaveFewerScales(int side, int scales)
    {
        byte[] picture = new byte[side * 300];
        Assert.Equal(scales, StructuralSimilarity.Compare(picture, picture, side, 300, 1).Scales);
        Assert.Equal(scales, StructuralSimilarity.Compare(picture, picture, 300, side, 1).Scales);
    }

    [Fact]
    public void TheChannelsAreAveraged()
    {
        TestPicture picture = TestPicture.Make(2, 60, 50, 3, 20);
        double sum = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            byte[] first = [.. picture.Original.Where((_, index) => index % 3 == channel)];
            byte[] second = [.. picture.Disturbed.Where((_, index) => index % 3 == channel)];
            sum += StructuralSimilarity.Compare(first, second, 60, 50, 1).Ssim;
        }

        Assert.Equal(sum / 3, StructuralSimilarity.Compare(picture.Original, picture.Disturbed, 60, 50, 3).Ssim, 12);
    }

    [Fact]
    public void OppositePicturesHaveNegativeSsimAndNoMsSsim()
    {
        TestPicture picture = TestPicture.Make(3, 200, 200, 1, 0);
        byte[] opposite = [.. picture.Original.Select(value => (byte)(255 - value))];
        var similarity = StructuralSimilarity.Compare(picture.Original, opposite, 200, 200, 1);
        Assert.True(similarity.Ssim < 0);
        Assert.Equal(0, similarity.MsSsim);
    }

    [Fact]
    public void WrongSizesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Compare(new byte[5], new byte[6], 2, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StructuralSimilarity.Compare(new byte[12], new byte[12], 2, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => StructuralSimilarity.Compare(Array.Empty<byte>(), Array.Empty<byte>(), 0, 3, 1));
    }

    [Fact]
    public void ComparingCanBeCancelled()
    {
        byte[] picture = new byte[40 * 30];
        Assert.Throws<OperationCanceledException>(() => StructuralSimilarity.Compare(picture, picture, 40, 30, 1, new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => PictureComparison.Compare(picture, picture, 40, 30, 1, new CancellationToken(true)));
    }
}
