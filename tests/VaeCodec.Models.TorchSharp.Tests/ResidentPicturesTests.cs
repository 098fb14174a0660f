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

        using CropSampler sampler = new(set);
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
        using CropSampler sampler = new(set);

        Assert.Equal([0, 100, 200], Values(64));
        Assert.Equal([100], Values(128));

        int[] Values(int side)
        {
            using torch.Tensor batch = sampler.Sample(new Random(7), 40, side, torch.CPU);
            Assert.Equal([40, 3, side, side], batch.shape);
            return [.. batch.data<float>().ToArray().Select(value => (int)MathF.Round((value + 0.5f) * 255)).Distinct().Order()];
        }
    }
}
