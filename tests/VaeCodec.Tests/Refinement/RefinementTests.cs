using VaeCodec.Models.Cpu;
using VaeCodec.Refinement;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Refinement;

public class RefinementTests
{
    [Theory]
    [InlineData(160, 128, PixelLayout.Rgb24)]
    [InlineData(300, 270, PixelLayout.Rgb24)]
    [InlineData(270, 120, PixelLayout.Gray8)]
    [InlineData(1, 1, PixelLayout.Rgb24)]
    [InlineData(33, 7, PixelLayout.Gray8)]
    public void MoreEffort_CostsLess(int width, int height, PixelLayout layout)
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(width, height, layout, 11);
        const int quality = 40;
        double price = ErrorPrice.Of(SmallModel.Instance.Networks, quality, layout == PixelLayout.Rgb24 ? 3 : 1);
        double[] costs = [.. ((int[])[2, 3, 4, 5]).Select(Cost)];

        // Where there is something to gain, a quarter of a per cent of bits and error together; a longer search goes on where a shorter one ends. Half a byte or two is the coder's.
        double gain = width * height > 1000 ? 0.9975 : 1;
        Assert.True(costs[1] <= (costs[0] * gain) + 32, string.Join(", ", costs));
        Assert.True(costs[2] <= costs[1] + 32 && costs[3] <= costs[2] + 32, string.Join(", ", costs));

        double Cost(int effort)
        {
            byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(quality) with { Effort = effort });
            byte[] decoded = VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels;
            double error = pixels.Zip(decoded, (left, right) => (double)((left - right) * (left - right))).Sum() / (255 * 255);
            return (8 * file.Length) + (price * error);
        }
    }

    [Fact]
    public void SearchedFiles_DependOnNeitherThreadsNorVectors()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(300, 140, seed: 4);
        byte[] Encode(VaeModel model, int threads) => VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(60) with { Effort = 4, Model = model, Threads = threads });
        byte[] expected = Encode(SmallModel.Instance, 1);
        foreach (int threads in (int[])[2, 5])
        {
            Assert.Equal(expected, Encode(SmallModel.Instance, threads));
        }

        foreach (CpuPath path in Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported))
        {
            Assert.Equal(expected, Encode(VaeModel.Load(SmallModel.File, path), 2));
        }
    }

    [Fact]
    public void Search_IsRefusedWhereItsMemoryIsBeyondTheLimit()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(512, 512);
        VaeEncoderOptions options = SmallModel.Encoding() with { Threads = 1, TileSize = 512, Limits = VaeLimits.Default with { MaxMemoryBytes = 16_000_000 } };
        VaeEncoder.Encode(picture, pixels, options with { Effort = 2 });
        Assert.Throws<VaeLimitException>(() => VaeEncoder.Encode(picture, pixels, options with { Effort = 3 }));
    }
}
