namespace VaeCodec.Format.Tests;

public sealed class PixelLayoutTests
{
    [Theory]
    [InlineData(PixelLayout.Gray8, 1, 1, 1, PixelLayout.Gray8)]
    [InlineData(PixelLayout.Rgb24, 3, 3, 1, PixelLayout.Rgb24)]
    [InlineData(PixelLayout.GrayAlpha16, 2, 1, 1, PixelLayout.Gray8)]
    [InlineData(PixelLayout.Rgba32, 4, 3, 1, PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Gray16, 1, 1, 2, PixelLayout.Gray16)]
    [InlineData(PixelLayout.Rgb48, 3, 3, 2, PixelLayout.Rgb48)]
    [InlineData(PixelLayout.GrayAlpha32, 2, 1, 2, PixelLayout.Gray16)]
    [InlineData(PixelLayout.Rgba64, 4, 3, 2, PixelLayout.Rgb48)]
    public void FactsFollowTheLayout(PixelLayout layout, int channels, int colours, int sampleBytes, PixelLayout opaque)
    {
        Assert.True(layout.IsKnown());
        Assert.Equal((channels, colours, sampleBytes), (layout.Channels(), layout.ColourChannels(), layout.BytesPerSample()));
        Assert.Equal((channels > colours, channels * sampleBytes), (layout.HasAlpha(), layout.BytesPerPixel()));
        Assert.Equal(opaque, layout.WithoutAlpha());
        Assert.Equal(layout, layout.WithSamples(sampleBytes == 1).WithSamples(sampleBytes == 2));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(255)]
    public void OtherLayoutsAreUnknown(byte value)
    {
        PixelLayout layout = (PixelLayout)value;
        Assert.False(layout.IsKnown());
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.Channels());
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.BytesPerSample());
        Assert.Throws<ArgumentOutOfRangeException>(() => layout.HasAlpha());
    }
}
