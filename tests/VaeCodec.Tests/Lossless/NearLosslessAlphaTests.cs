using VaeCodec.Lossless;
using VaeCodec.Tests.Deep;

namespace VaeCodec.Tests.Lossless;

/// <summary>Colour within one bound and alpha within another, in one file.</summary>
public class NearLosslessAlphaTests
{
    private const int Quality = 50;

    [Theory]
    [InlineData(PixelLayout.Rgba32, 8, 3)]
    [InlineData(PixelLayout.GrayAlpha32, 12, 20)]
    [InlineData(PixelLayout.Rgba64, 16, 500)]
    public async Task EverySampleIsWithinItsBound_AndTheEndsOfAlphaAreExact(PixelLayout layout, int depth, int bound)
    {
        DeepPicture picture = DeepPicture.Create(300, 270, layout, depth);
        int most = picture.Picture.MaxSample, channels = layout.Channels();
        int[] left = DeepPicture.ToSamples(picture.Pixels, layout), alpha = DeepPicture.Alpha(picture.Pixels, layout);
        Assert.Contains(0, alpha);
        Assert.Contains(most, alpha);
        foreach (int effort in (int[])[1, 2])
        {
            VaeEncoderOptions options = new() { MaxError = bound, AlphaQuality = Quality, TileSize = 256, Effort = effort };
            byte[] file = VaeEncoder.Encode(picture.Picture, picture.Pixels, options);
            VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(file));
            Assert.Equal((false, false, bound, ErrorBounds.OfAlpha(Quality, most)), (info.HasNetworks, info.IsLossless, info.MaxError, info.MaxAlphaError));
            int[] right = DeepPicture.ToSamples(VaeDecoder.Decode(file).Pixels, layout);
            Assert.Equal(left.Length, right.Length);
            int colourOff = 0, alphaOff = 0;
            for (int i = 0; i < left.Length; i++)
            {
                int off = Math.Abs(left[i] - right[i]);
                if (i % channels < channels - 1)
                {
                    colourOff = Math.Max(colourOff, off);
                }
                else
                {
                    Assert.True(off == 0 || (left[i] > 0 && left[i] < most), $"Alpha of {left[i]} came back as {right[i]}.");
                    alphaOff = Math.Max(alphaOff, off);
                }
            }

            // Both bounds are made use of.
            Assert.InRange(colourOff, 1, bound);
            Assert.InRange(alphaOff, 1, info.MaxAlphaError);
        }
    }
}
