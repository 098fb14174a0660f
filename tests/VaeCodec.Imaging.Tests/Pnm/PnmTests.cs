using System.Text;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Pnm;

public class PnmTests
{
    [Theory]
    [InlineData("P5\n# a comment\n2 #another\n1\n255\nAz", PixelLayout.Gray8, new byte[] { 65, 122 })]
    [InlineData("P5 2 1 255 Az\n", PixelLayout.Gray8, new byte[] { 65, 122 })]
    [InlineData("P6\r1\t1\v255\nxyz", PixelLayout.Rgb24, new byte[] { 120, 121, 122 })]
    [InlineData("P2\n3 1\n255\n0 7\n255", PixelLayout.Gray8, new byte[] { 0, 7, 255 })]
    [InlineData("P3 1 2 255\n1 2 3 # end of row\n4 5 6\n# end\n", PixelLayout.Rgb24, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("P2 4 1 3 0 1 2 3", PixelLayout.Gray8, new byte[] { 0, 85, 170, 255 })]
    [InlineData("P2 3 1 100 1 50 99", PixelLayout.Gray8, new byte[] { 3, 128, 252 })]
    [InlineData("P5 3 1 2\n\0\u0001\u0002", PixelLayout.Gray8, new byte[] { 0, 128, 255 })]
    [InlineData("P1\n# a comment\n3 2\n101 # end\n0 1\n0", PixelLayout.Gray8, new byte[] { 0, 255, 0, 255, 0, 255 })]
    [InlineData("P1 2 1\n1 0\n", PixelLayout.Gray8, new byte[] { 0, 255 })]
    [InlineData("P4 9 2\n\u00AA\u0080\u0055\0", PixelLayout.Gray8, new byte[] { 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255 })]
    [InlineData("P4 #x\n8 1\n\u000F", PixelLayout.Gray8, new byte[] { 255, 255, 255, 255, 0, 0, 0, 0 })]
    public async Task Every_spelling_is_read(string file, PixelLayout layout, byte[] expected)
    {
        MemoryRowSink read = await Pictures.ReadAsync(Encoding.Latin1.GetBytes(file));
        Assert.Equal(layout, read.Picture.Layout);
        Assert.Equal(expected, read.Pixels);
    }

    [Theory]
    [InlineData("P5 1 1 255", VaeError.Truncated, "white space")]
    [InlineData("P5 1 1 255\n", VaeError.Truncated, "row 0 of 1")]
    [InlineData("P2 2 1 255 3", VaeError.Truncated, "next sample")]
    [InlineData("P2 2 1 255 3 256", VaeError.InvalidField, "256")]
    [InlineData("P5 1 1 9 z", VaeError.InvalidField, "sample of 122")]
    [InlineData("P2 2 1 255 3 x", VaeError.InvalidField, "0x78")]
    [InlineData("P5 x", VaeError.InvalidField, "width")]
    [InlineData("P5 0 1 255 a", VaeError.InvalidField, "0 x 1")]
    [InlineData("P5 1 1 0 a", VaeError.InvalidField, "maxval")]
    [InlineData("P5 1 1 65536 a", VaeError.InvalidField, "maxval")]
    [InlineData("P5 99999999999 1 255 a", VaeError.InvalidField, "larger")]
    [InlineData("P5x", VaeError.BadSignature, "white space")]
    [InlineData("P5 1 1 255 aP5 1 1 255 a", VaeError.TrailingData, "another picture follows at offset 12")]
    [InlineData("P5 1 1 255 a\nP6 1 1 255 abc", VaeError.TrailingData, "another picture")]
    [InlineData("P2 1 1 255 1 2", VaeError.TrailingData, "bytes follow")]
    [InlineData("P1 2 1 02", VaeError.InvalidField, "0x32")]
    [InlineData("P1 2 1 1", VaeError.Truncated, "next pixel")]
    [InlineData("P1 1 1 01", VaeError.TrailingData, "bytes follow")]
    [InlineData("P1 1 1 1\nP1 1 1 1", VaeError.TrailingData, "another picture follows at offset 9")]
    [InlineData("P4 9 1\nx", VaeError.Truncated, "row 0 of 1")]
    [InlineData("P4 1 1\nxP4 1 1\nx", VaeError.TrailingData, "another picture follows at offset 8")]
    public async Task Damage_is_named(string file, VaeError error, string word) =>
        await Pictures.RefusedAsync<VaeFormatException>(Encoding.Latin1.GetBytes(file), error, word);

    [Theory]
    [InlineData("P6 1 1 65535\nabcdef", "16 bits", "pamdepth 255")]
    public async Task What_is_not_read_is_refused_with_advice(string file, params string[] words) =>
        await Pictures.RefusedAsync<VaeUnsupportedException>(Encoding.Latin1.GetBytes(file), VaeError.UnsupportedFeature, words);

    [Fact]
    public async Task Limits_hold() => await Assert.ThrowsAsync<VaeLimitException>(
        () => Pictures.ReadAsync("P6 2000000000 2000000000 255\n"u8.ToArray()));

    [MagickFact]
    public async Task ImageMagick_and_we_agree()
    {
        string magick = ExternalTool.Magick ?? string.Empty;
        foreach (string[] kind in new[] { new[] { "ppm:-" }, ["-compress", "none", "ppm:-"], ["-colorspace", "gray", "pgm:-"], ["-colorspace", "gray", "-compress", "none", "pgm:-"], ["pbm:-"], ["-compress", "none", "pbm:-"] })
        {
            byte[] file = ExternalTool.Run(magick, null, ["-size", "37x23", "plasma:green-yellow", "-depth", "8", .. kind]);
            MemoryRowSink read = await Pictures.ReadAsync(file);
            string layout = read.Picture.Layout == PixelLayout.Gray8 ? "gray:-" : "rgb:-";
            Assert.Equal(ExternalTool.Run(magick, file, "pnm:-", "-depth", "8", layout), read.Pixels);
            byte[] ours = await Pictures.WriteAsync(read.Picture, read.Pixels, PictureFormat.Pnm);
            Assert.Equal(read.Pixels, ExternalTool.Run(magick, ours, "pnm:-", "-depth", "8", layout));
        }
    }
}
