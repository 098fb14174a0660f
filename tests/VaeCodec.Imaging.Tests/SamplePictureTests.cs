using System.Security.Cryptography;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

public class SamplePictureTests
{
    [Fact]
    public async Task The_default_picture_has_the_same_bytes_everywhere()
    {
        var raw = new MemoryRowSink();
        await Pictures.CopyAsync(new SamplePicture(), raw, 16);
        Assert.Equal((768, 512), (raw.Picture.Width, raw.Picture.Height));
        Assert.Equal("84e888d404688a93e3f5ff1523724c4c5bbf82681a3cea5965f62cd35dc4f957", Convert.ToHexStringLower(SHA256.HashData(raw.Pixels)));
    }

    [Fact]
    public async Task Every_size_works_and_bands_do_not_matter()
    {
        foreach ((int width, int height) in new[] { (1, 1), (1, 300), (300, 1), (2, 3), (64, 64), (91, 203), (5000, 3) })
        {
            var one = new MemoryRowSink();
            var other = new MemoryRowSink();
            await Pictures.CopyAsync(new SamplePicture(width, height), one, 1);
            await Pictures.CopyAsync(new SamplePicture(width, height), other, 7);
            Assert.Equal(one.Pixels, other.Pixels);
        }
    }

    [Fact]
    public async Task The_largest_sides_can_be_begun()
    {
        var wide = new SamplePicture(SamplePicture.MaxSide, 2);
        await wide.ReadRowsAsync(new byte[wide.Picture.RowBytes], 1, default);
        var tall = new SamplePicture(2, SamplePicture.MaxSide);
        await tall.ReadRowsAsync(new byte[60], 10, default);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplePicture(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplePicture(1, SamplePicture.MaxSide + 1));
    }

    [Theory]
    [InlineData("a.PNG", true, PictureFormat.Png)]
    [InlineData("/x.y/a.ppm", true, PictureFormat.Pnm)]
    [InlineData("a.pgm", true, PictureFormat.Pnm)]
    [InlineData("a.pnm", true, PictureFormat.Pnm)]
    [InlineData("a.Pam", true, PictureFormat.Pnm)]
    [InlineData("a.jpg", true, PictureFormat.Jpeg)]
    [InlineData("a.JPEG", true, PictureFormat.Jpeg)]
    [InlineData("a.gif", false, PictureFormat.Png)]
    [InlineData("png", false, PictureFormat.Png)]
    public void Formats_are_told_by_extension(string path, bool known, PictureFormat expected)
    {
        Assert.Equal(known, PictureFormats.TryFromPath(path, out PictureFormat format));
        Assert.Equal(expected, format);
        Assert.True(PictureFormats.TryFromPath("x" + PictureFormats.FileExtension(format), out PictureFormat again));
        Assert.Equal(format, again);
    }
}
