using VaeCodec.Tests.Deep;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Parts;

/// <summary>Smaller pictures are the means of the whole one: exactly where samples were kept, nearly where networks make them.</summary>
public class ScaleTests
{
    public static TheoryData<string> Kinds => PartPictures.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ASmallerPicture_IsTheMeansOfTheWholeOne(string kind)
    {
        byte[] file = PartPictures.File(kind);
        DecodedPicture whole = await PartPictures.DecodeAsync(file, null);
        PixelLayout layout = whole.Picture.Layout;
        bool exact = kind is "lossless" or "lossless alpha" or "near";
        foreach (int scale in (int[])[2, 4, 8, 16])
        {
            DecodedPicture small = await PartPictures.DecodeAsync(file, null, scale);
            (int width, int height) = ((whole.Picture.Width + scale - 1) / scale, (whole.Picture.Height + scale - 1) / scale);
            Assert.Equal(whole.Picture with { Width = width, Height = height }, small.Picture);
            int[] means = Means(whole, scale, exact), given = DeepPicture.ToSamples(small.Pixels, layout);
            if (exact)
            {
                Assert.Equal(means, given);
                continue;
            }

            double squared = means.Zip(given, (left, right) => Math.Pow((left - right) / (double)whole.Picture.MaxSample, 2)).Average();
            Assert.True(-10 * Math.Log10(squared) > 33, $"At 1/{scale} the picture is {-10 * Math.Log10(squared):F1} dB from the means.");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ARegionOfASmallerPicture_IsThatOfTheWholeSmallerPicture(string kind)
    {
        byte[] file = PartPictures.File(kind);
        foreach (int scale in (int[])[2, 16])
        {
            DecodedPicture small = await PartPictures.DecodeAsync(file, null, scale);
            int width = (await VaeImageInfo.ReadAsync(new MemoryStream(file))).Picture.Width;
            foreach (PictureRegion region in (PictureRegion[])[new(width - 131, 77, 100, 60), new(0, 128, width, 64), new(width - 1, 0, 1, 1)])
            {
                int x = region.X / scale, y = region.Y / scale;
                PictureRegion reduced = new(x, y, ((region.X + region.Width + scale - 1) / scale) - x, ((region.Y + region.Height + scale - 1) / scale) - y);
                DecodedPicture part = await PartPictures.DecodeAsync(file, region, scale);
                Assert.Equal((reduced.Width, reduced.Height), (part.Picture.Width, part.Picture.Height));
                Assert.Equal(PartPictures.Crop(small, reduced), part.Pixels);
            }
        }
    }

    [Fact]
    public async Task ThreadsChangeNothing()
    {
        byte[] file = PartPictures.File("standard");
        Assert.Equal((await PartPictures.DecodeAsync(file, null, 4, threads: 1)).Pixels, (await PartPictures.DecodeAsync(file, null, 4, threads: 3)).Pixels);
    }

    [Fact]
    public async Task ALosslessFileIsHeldAgainstItsDigestAllTheSame()
    {
        byte[] file = [.. PartPictures.File("lossless")];
        int digest = FileSections.Offsets(file, 'D')[0];
        file[digest + 8] ^= 1;
        FileSections.Repair(file, digest);
        VaeFormatException exception = await Assert.ThrowsAsync<VaeFormatException>(() => PartPictures.DecodeAsync(file, null, 8));
        Assert.Equal(VaeError.CorruptSymbols, exception.Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(-2)]
    public async Task OtherScalesAreRefused(int scale)
        => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PartPictures.DecodeAsync(PartPictures.File("small"), null, scale));

    /// <summary>Means of squares, worked out sample by sample; colour is weighed by alpha where that is asked for.</summary>
    private static int[] Means(DecodedPicture picture, int scale, bool weighByAlpha)
    {
        PixelLayout layout = picture.Picture.Layout;
        int channels = layout.Channels(), width = picture.Picture.Width, height = picture.Picture.Height;
        int[] samples = DeepPicture.ToSamples(picture.Pixels, layout);
        List<int> means = [];
        for (int top = 0; top < height; top += scale)
        {
            for (int left = 0; left < width; left += scale)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    List<(decimal Sample, decimal Weight)> square = [];
                    for (int y = top; y < Math.Min(top + scale, height); y++)
                    {
                        for (int x = left; x < Math.Min(left + scale, width); x++)
                        {
                            int pixel = ((y * width) + x) * channels;
                            bool weighed = weighByAlpha && layout.HasAlpha() && channel < channels - 1;
                            square.Add((samples[pixel + channel], weighed ? samples[pixel + channels - 1] : 1));
                        }
                    }

                    decimal weights = square.Sum(entry => entry.Weight);
                    decimal mean = weights > 0 ? square.Sum(entry => entry.Sample * entry.Weight) / weights : square.Average(entry => entry.Sample);
                    means.Add((int)decimal.Floor(mean + 0.5m));
                }
            }
        }

        return [.. means];
    }
}
