using VaeCodec.Bundling;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Bundling;

public class CalibrationSamplerTests
{
    [Theory]
    [InlineData(PixelLayout.Rgba32, 8, "this one has 8 bits and alpha.")]
    [InlineData(PixelLayout.GrayAlpha16, 8, "this one has 8 bits and alpha.")]
    [InlineData(PixelLayout.Rgb48, 12, "this one has 12 bits.")]
    [InlineData(PixelLayout.Rgba64, 16, "this one has 16 bits and alpha.")]
    public async Task PicturesThatTheNetworksDoNotTake_AreRefused(PixelLayout layout, int bits, string message)
    {
        PictureDescription picture = new(64, 64, layout) { BitDepth = bits };
        List<CalibrationSample> samples = [];
        VaeUnsupportedException exception = await Assert.ThrowsAsync<VaeUnsupportedException>(
            () => CalibrationSampler.SampleAsync(SmallModel.Instance, new MemoryRowSource(picture, new byte[picture.RowBytes * picture.Height]), samples, default));
        Assert.EndsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Empty(samples);
    }
}
