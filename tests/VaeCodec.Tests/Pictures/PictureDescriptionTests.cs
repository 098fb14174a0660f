namespace VaeCodec.Tests.Pictures;

public class PictureDescriptionTests
{
    /// <summary>Metadata are bytes, and are compared as such.</summary>
    [Fact]
    public void Descriptions_AreEqual_WhereTheySayTheSame()
    {
        PictureDescription one = Create(1), same = Create(1), other = Create(2);
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, one with { Metadata = PictureMetadata.None });
        Assert.NotEqual(one.Metadata, one.Metadata with { Xmp = [] });

        // The order in which layout and depth are set leaves no trace.
        PictureDescription grey = new(3, 2, PixelLayout.Gray8);
        Assert.Equal(new PictureDescription(3, 2, PixelLayout.Gray16), (grey with { BitDepth = 16 }) with { Layout = PixelLayout.Gray16 });
    }

    private static PictureDescription Create(byte seed) => new(3, 2, PixelLayout.Rgb24) { Metadata = new PictureMetadata { IccProfile = [1, 2, seed], Exif = [4] } };
}
