using VaeCodec.Generation;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Tests.Generation;

/// <summary>Textures and cross-fades of the codec's model.</summary>
public class CompressionModelTests
{
    [Fact]
    public void TexturesFollowTheSeed()
    {
        DecodedPicture one = TextureSampler.Draw(VaeModel.Standard, 50, 128, 1), again = TextureSampler.Draw(VaeModel.Standard, 50, 128, 1), other = TextureSampler.Draw(VaeModel.Standard, 50, 128, 2);
        Assert.Equal((128, 128, PixelLayout.Rgb24), (one.Picture.Width, one.Picture.Height, one.Picture.Layout));
        Assert.Equal(one.Pixels, again.Pixels);
        Assert.NotEqual(one.Pixels, other.Pixels);
        Assert.Throws<ArgumentOutOfRangeException>(() => TextureSampler.Draw(VaeModel.Standard, 50, 100, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextureSampler.Draw(VaeModel.Standard, 101, 128, 1));
    }

    /// <summary>Symbols come as often as their table says.</summary>
    [Fact]
    public void SymbolsFollowTheirTable()
    {
        CdfTable table = new(-1, [10_000, 30_000, 20_000, 5_536]);
        Random random = new(7);
        int[] counts = new int[3];
        const int draws = 60_000;
        for (int i = 0; i < draws; i++)
        {
            counts[TextureSampler.Draw(table, random) + 1]++;
        }

        Assert.Equal(1 / 6.0, counts[0] / (double)draws, 0.01);
        Assert.Equal(1 / 2.0, counts[1] / (double)draws, 0.01);
        Assert.Equal(1 / 3.0, counts[2] / (double)draws, 0.01);
    }

    [Fact]
    public void FadesEndAtThePictures()
    {
        DecodedPicture one = Picture(1), other = Picture(2);
        CrossFade fade = new(VaeModel.Standard, one, other);
        double apart = Distance(one, other), start = Distance(fade.At(0), one), end = Distance(fade.At(1), other);
        Assert.True(start < apart / 100000 && end < apart / 100000, $"{apart} apart, {start} and {end} at the ends");
        DecodedPicture middle = fade.At(0.5);
        double toOne = Distance(middle, one), toOther = Distance(middle, other);
        Assert.InRange(toOne / apart, 0.15, 0.35);
        Assert.InRange(toOther / apart, 0.15, 0.35);
        Assert.Throws<ArgumentException>(() => new CrossFade(VaeModel.Standard, one, new DecodedPicture(new PictureDescription(64, 64, PixelLayout.Rgb24), new byte[64 * 64 * 3])));
    }

    [Fact]
    public void SidesThatNoPictureHas_AreRefused()
    {
        Assert.InRange(CrossFade.MemoryBytes(VaeModel.Standard, 64, 64), 1, long.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossFade.MemoryBytes(VaeModel.Standard, 0, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossFade.MemoryBytes(VaeModel.Standard, 64, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrossFade.MemoryBytes(VaeModel.Standard, int.MaxValue, 64));
    }

    /// <summary>Neither side is a multiple of 64. Slopes and waves, which the networks keep well.</summary>
    private static DecodedPicture Picture(int seed)
    {
        PictureDescription picture = new(150, 90, PixelLayout.Rgb24);
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i / 3 % picture.Width, y = i / picture.RowBytes, c = i % 3;
            pixels[i] = (byte)(128 + (100 * Math.Sin((seed * x / 40.0) + (y / 30.0 / seed) + c + seed)));
        }

        return new DecodedPicture(picture, pixels);
    }

    private static double Distance(DecodedPicture left, DecodedPicture right) => left.Pixels.Zip(right.Pixels, (a, b) => (double)(a - b) * (a - b)).Average();
}
