namespace VaeCodec.Format.Tests;

public sealed class PixelLayoutTests
{
    [Fact]
    public void ChannelsFollowTheLayout()
    {
        Assert.Equal(1, PixelLayout.Gray8.Channels());
        Assert.Equal(3, PixelLayout.Rgb24.Channels());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((PixelLayout)2).Channels());
    }
}
