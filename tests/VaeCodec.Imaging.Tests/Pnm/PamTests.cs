using System.Text;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Pnm;

public class PamTests
{
    private const string Rgb = "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\nabc";

    [Theory]
    [InlineData(Rgb, PixelLayout.Rgb24, new byte[] { 97, 98, 99 })]
    [InlineData("P7 \r\n# a comment\n\nTUPLTYPE  GRAYSCALE \nMAXVAL\t255\n DEPTH 1\nHEIGHT 1\nWIDTH 2\nENDHDR\nAz\n", PixelLayout.Gray8, new byte[] { 65, 122 })]
    [InlineData("P7\nWIDTH 3\nHEIGHT 1\nDEPTH 1\nMAXVAL 2\nTUPLTYPE GRAYSCALE\nENDHDR\n\0\u0001\u0002", PixelLayout.Gray8, new byte[] { 0, 128, 255 })]
    [InlineData("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nENDHDR\n\0\u0001", PixelLayout.Gray8, new byte[] { 0, 255 })]
    [InlineData("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE_ALPHA\nENDHDR\n\0\u0001\u0001\0", PixelLayout.GrayAlpha16, new byte[] { 0, 255, 255, 0 })]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\nab", PixelLayout.GrayAlpha16, new byte[] { 97, 98 })]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 100\nTUPLTYPE RGB_ALPHA\nENDHDR\n\0\u0001\u0032d", PixelLayout.Rgba32, new byte[] { 0, 3, 128, 255 })]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 4095\nTUPLTYPE GRAYSCALE\nENDHDR\n\u0001\u0002", PixelLayout.Gray16, new byte[] { 2, 1 })]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 65535\nTUPLTYPE RGB\nENDHDR\nabcdef", PixelLayout.Rgb48, new byte[] { 98, 97, 100, 99, 102, 101 })]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 1000\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n\u0001\u00F4\u0003\u00E8", PixelLayout.GrayAlpha32, new byte[] { 0, 128, 255, 255 })]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 65535\nTUPLTYPE RGB_ALPHA\nENDHDR\nabcdefgh", PixelLayout.Rgba64, new byte[] { 98, 97, 100, 99, 102, 101, 104, 103 })]
    public async Task Every_kind_is_read(string file, PixelLayout layout, byte[] expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(file);
        foreach (Stream stream in new Stream[] { new MemoryStream(bytes), new PipeLikeStream(bytes, 1) })
        {
            MemoryRowSink read = await Pictures.ReadAsync(stream);
            Assert.Equal(layout, read.Picture.Layout);
            Assert.Equal(expected, read.Pixels);
        }
    }

    [Theory]
    [InlineData("TUPLTYPE RGB\n", "", "no TUPLTYPE", "Add the line", "pamtopnm -assume")]
    [InlineData("TUPLTYPE RGB", "TUPLTYPE CMYK\nTUPLTYPE \u0007two", "CMYK ?two", "RGB are read, with _ALPHA", "-colorspace sRGB")]
    public async Task What_is_not_read_is_refused_with_advice(string what, string by, params string[] words) =>
        await Pictures.RefusedAsync<VaeUnsupportedException>(Changed(what, by), VaeError.UnsupportedFeature, words);

    [Theory]
    [InlineData("P7\n", "P7 332\n", VaeError.BadSignature, "not a PAM")]
    [InlineData("WIDTH 1", "WIDTH 0", VaeError.InvalidField, "0 x 1")]
    [InlineData("WIDTH 1\n", "", VaeError.InvalidField, "no line WIDTH")]
    [InlineData("WIDTH 1", "WIDTH 1\nWIDTH 1", VaeError.InvalidField, "WIDTH at offset 11 is repeated")]
    [InlineData("WIDTH 1", "WIDTH -1", VaeError.InvalidField, "line WIDTH at offset 3")]
    [InlineData("WIDTH 1", "WIDTH 9999999999", VaeError.InvalidField, "line WIDTH at offset 3")]
    [InlineData("WIDTH 1", "BREADTH 1", VaeError.InvalidField, "offset 3 starts with none of")]
    [InlineData("DEPTH 3", "DEPTH 4", VaeError.InvalidField, "depth of 4", "RGB has 3")]
    [InlineData("MAXVAL 255", "MAXVAL 0", VaeError.InvalidField, "maxval", "1 to 65535")]
    [InlineData("DEPTH 3\nMAXVAL 255\nTUPLTYPE RGB", "DEPTH 1\nMAXVAL 255\nTUPLTYPE BLACKANDWHITE", VaeError.InvalidField, "BLACKANDWHITE has 1")]
    [InlineData("DEPTH 3\nMAXVAL 255\nTUPLTYPE RGB", "DEPTH 2\nMAXVAL 255\nTUPLTYPE BLACKANDWHITE_ALPHA", VaeError.InvalidField, "BLACKANDWHITE_ALPHA has 1")]
    [InlineData("TUPLTYPE RGB", "TUPLTYPE RGB_ALPHA", VaeError.InvalidField, "depth of 3", "RGB_ALPHA has 4")]
    [InlineData("DEPTH 3\nMAXVAL 255\nTUPLTYPE RGB", "DEPTH 3\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA", VaeError.InvalidField, "depth of 3", "GRAYSCALE_ALPHA has 2")]
    [InlineData("MAXVAL 255", "MAXVAL 65536", VaeError.InvalidField, "maxval", "1 to 65535")]
    [InlineData("MAXVAL 255", "MAXVAL 65535", VaeError.Truncated, "PAM", "row 0 of 1")]
    [InlineData("MAXVAL 255", "MAXVAL 98", VaeError.InvalidField, "row 0", "sample of 99")]
    [InlineData("ENDHDR\n", "", VaeError.Truncated, "before the line ENDHDR")]
    [InlineData("abc", "ab", VaeError.Truncated, "PAM", "row 0 of 1")]
    [InlineData("abc", "abcd", VaeError.TrailingData, "PAM", "bytes follow")]
    [InlineData("abc", "abc" + Rgb, VaeError.TrailingData, "another picture follows", "pamsplit")]
    public async Task Damage_is_named(string what, string by, VaeError error, params string[] words) =>
        await Pictures.RefusedAsync<VaeFormatException>(Changed(what, by), error, words);

    [Fact]
    public async Task Lines_without_an_end_are_not_gathered()
    {
        byte[] file = [.. "P7\n# "u8, .. new byte[100_000]];
        await Pictures.RefusedAsync<VaeFormatException>(file, VaeError.InvalidField, "line at offset 3", "1024");
    }

    [Fact]
    public async Task Limits_hold() => await Assert.ThrowsAsync<VaeLimitException>(() => Pictures.ReadAsync(Changed("WIDTH 1", "WIDTH 2000000000")));

    [MagickFact]
    public async Task Files_of_ImageMagick_read_as_it_reads_them()
    {
        string magick = ExternalTool.Magick ?? string.Empty;
        foreach (string[] kind in new[] { new[] { "-type", "TrueColor" }, ["-colorspace", "gray", "-type", "Grayscale"] })
        {
            byte[] file = ExternalTool.Run(magick, null, ["-size", "37x23", "plasma:green-yellow", "-alpha", "off", "-depth", "8", .. kind, "pam:-"]);
            MemoryRowSink read = await Pictures.ReadAsync(file);
            string layout = read.Picture.Layout == PixelLayout.Gray8 ? "gray:-" : "rgb:-";
            Assert.Equal(ExternalTool.Run(magick, file, "pam:-", "-depth", "8", layout), read.Pixels);
        }

        byte[] alpha = ExternalTool.Run(magick, null, "-size", "2x1", "xc:#12345678", "-depth", "8", "pam:-");
        Assert.Equal([0x12, 0x34, 0x56, 0x78, 0x12, 0x34, 0x56, 0x78], (await Pictures.ReadAsync(alpha)).Pixels);
    }

    private static byte[] Changed(string what, string by)
    {
        Assert.Contains(what, Rgb, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(Rgb.Replace(what, by, StringComparison.Ordinal));
    }
}
