using VaeCodec.Models.Cpu;
using VaeCodec.Models.Bundle;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Tiles;

public class WeighedRoundingTests
{
    [Fact]
    public void IntegerLogarithm_IsTheRealOneRoundedDown()
    {
        for (int frequency = 1; frequency <= CdfTable.Total; frequency++)
        {
            double exact = Math.Log2(frequency) * 1024;
            Assert.InRange(WeighedRounding.Log2(frequency), exact - 1.01, exact + 1e-9);
        }
    }

    /// <summary>By exhaustion: of the nearest symbol and the next one towards zero the cheaper, counted as bits + weight x squared error.</summary>
    [Fact]
    public void EverySymbol_IsTheCheaperOfTwo()
    {
        IReadOnlyList<CdfTable> scales = SmallModel.Instance.Networks.Scales;
        WeighedRounding rounding = new(scales);
        int lowered = 0;
        for (int scale = 0; scale < scales.Count; scale++)
        {
            CdfTable table = scales[scale];
            int largest = Math.Min(-table.First, table.First + table.SymbolCount - 1);
            for (float value = -20; value <= 20; value += 0.037f)
            {
                float nearest = MathF.Round(value), lower = nearest - MathF.Sign(nearest), chosen = rounding.Round(value, scale);
                if (nearest == 0 || MathF.Abs(nearest) > largest)
                {
                    Assert.Equal(nearest, chosen);
                    continue;
                }

                double difference = Cost(table, lower, value) - Cost(table, nearest, value);
                Assert.True(Math.Abs(difference) < 0.003 || chosen == (difference < 0 ? lower : nearest), $"scale {scale}, value {value}: {chosen}, though the lower symbol costs {difference} more.");
                lowered += chosen == lower ? 1 : 0;
            }
        }

        Assert.True(lowered > 1000, $"Only {lowered} symbols were lowered.");
    }

    [Fact]
    public void HigherEffort_MakesSmallerFiles_AndDecodesWithTheSameDecoder()
    {
        PictureDescription picture = new(320, 192, PixelLayout.Rgb24);
        byte[] pixels = TestPicture.Pixels(picture, 11);
        byte[] Encode(int effort) => VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(40) with { Effort = effort });
        byte[] rounded = Encode(1), weighed = Encode(2);
        Assert.True(weighed.Length < rounded.Length, $"{weighed.Length} bytes with effort 2, {rounded.Length} with 1.");
        double Psnr(byte[] file) => TestPicture.Psnr(pixels, VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels);
        Assert.InRange(Psnr(rounded) - Psnr(weighed), 0, 1);
        foreach (int threads in (int[])[1, 3])
        {
            Assert.Equal(weighed, VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(40) with { Threads = threads }));
        }

        foreach (CpuPath path in Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported))
        {
            VaeModel model = VaeModel.Load(SmallModel.File, path);
            Assert.Equal(weighed, VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(40) with { Model = model }));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(VaeEncoderOptions.HighestEffort + 1));
    }

    private static double Cost(CdfTable table, float symbol, float value)
        => (QuantisationRule.SquaredErrorBits * (value - symbol) * (value - symbol)) - Math.Log2(table.Frequency((int)symbol - table.First));
}
