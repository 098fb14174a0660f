using VaeCodec.Parts;

namespace VaeCodec.Tests.Parts;

public class BoxReductionTests
{
    [Fact]
    public void MeansAreRoundedHalfUp_AndSquaresAtTheEdgesAreOfWhatThereIs()
    {
        byte[] reduced = new byte[4];
        BoxReduction.Reduce(new PictureDescription(3, 3, PixelLayout.Gray8), [1, 2, 9, 2, 1, 4, 255, 254, 100], 2, reduced);
        Assert.Equal([2, 7, 255, 100], reduced);
    }

    [Fact]
    public void WhatIsTransparentLendsNoColour()
    {
        byte[] reduced = new byte[4];
        BoxReduction.Reduce(new PictureDescription(4, 1, PixelLayout.GrayAlpha16), [200, 0, 10, 255, 8, 0, 5, 0], 2, reduced);
        Assert.Equal([10, 128, 7, 0], reduced);
    }

    [Fact]
    public void TheLargestSumsFit()
    {
        PictureDescription picture = new(16, 16, PixelLayout.Rgba64);
        byte[] pixels = new byte[picture.RowBytes * picture.Height], reduced = new byte[8];
        pixels.AsSpan().Fill(255);
        BoxReduction.Reduce(picture, pixels, 16, reduced);
        Assert.All(reduced, sample => Assert.Equal(255, sample));
    }
}
