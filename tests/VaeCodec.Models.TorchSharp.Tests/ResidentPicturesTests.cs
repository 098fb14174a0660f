using TorchSharp;
using VaeCodec.Imaging;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests;

/// <summary>Crops gathered on the device from bytes are, bit by bit, those copied on the CPU.</summary>
public class ResidentPicturesTests
{
    [TorchFact]
    public void GathersWhatTheCpuCopies()
    {
        Random random = new(3);
        PictureSet set = new([.. new[] { (70, 64), (64, 99), (131, 80) }.Select(size =>
        {
            PictureDescription picture = new(size.Item1, size.Item2, PixelLayout.Rgb24);
            byte[] pixels = new byte[picture.RowBytes * picture.Height];
            random.NextBytes(pixels);
            return new DecodedPicture(picture, pixels);
        })]);
        Crop[] crops = [new(0, 6, 0, false), new(2, 67, 16, true), new(1, 0, 35, true), new(2, 1, 2, false)];

        using CropSampler sampler = new(set, 1);
        using ResidentPictures resident = new(set, torch.CPU);
        using torch.Tensor expected = sampler.Gather(crops, 64), actual = resident.Gather(crops, 64);

        Assert.Equal([4, 3, 64, 64], actual.shape);
        Assert.Equal(expected.data<float>().ToArray(), actual.contiguous().data<float>().ToArray());
    }

    /// <summary>Pictures that are too small for large crops serve for small ones.</summary>
    [TorchFact]
    public void CropsComeFromPicturesThatHoldThem()
    {
        PictureSet set = new([.. new[] { (64, 64), (200, 130), (300, 64) }.Select((size, i) =>
        {
            PictureDescription picture = new(size.Item1, size.Item2, PixelLayout.Rgb24);
            return new DecodedPicture(picture, [.. Enumerable.Repeat((byte)(i * 100), picture.RowBytes * picture.Height)]);
        })]);
        using CropSampler sampler = new(set, 1);

        Assert.Equal([0, 100, 200], Values(64));
        Assert.Equal([100], Values(128));

        int[] Values(int side)
        {
            using torch.Tensor batch = sampler.Sample(new Random(7), 0, 40, side, torch.CPU);
            Assert.Equal([40, 3, side, side], batch.shape);
            return [.. batch.data<float>().ToArray().Select(value => (int)MathF.Round((value + 0.5f) * 255)).Distinct().Order()];
        }
    }

    /// <summary>Over batches that do not end where rounds do, each picture as often as any other; in another order in each round, and with another seed.</summary>
    [TorchFact]
    public void PicturesTakeTurns()
    {
        int[] pictures = [.. Enumerable.Range(0, 20).Select(i => i * 3)];
        int[] Seen(int seed)
        {
            PictureOrder order = new(pictures, seed);
            return [.. Enumerable.Range(0, 60).Select(i => order[i])];
        }

        int[] seen = Seen(1);
        int[][] rounds = [.. seen.Chunk(20)];
        Assert.All(rounds, round => Assert.Equal(pictures, round.Order()));
        Assert.NotEqual(rounds[0], rounds[1]);
        Assert.NotEqual(rounds[1], rounds[2]);
        Assert.NotEqual(seen, Seen(2));

        // A run that goes on in the middle of a round.
        Assert.Equal(seen[33], new PictureOrder(pictures, 1)[33]);
    }
}
