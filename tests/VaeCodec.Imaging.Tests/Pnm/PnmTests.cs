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
    [InlineData("P5 1 1 4095\n\u0010\0", VaeError.InvalidField, "sample of 4096")]
    [InlineData("P5 1 1 1000\n\u0003\u00E9", VaeError.InvalidField, "sample of 1001")]
    [InlineData("P2 1 1 4095 4096", VaeError.InvalidField, "sample of 4096")]
    [InlineData("P2 1 1 65535 65536", VaeError.InvalidField, "sample of 65536")]
    [InlineData("P5 1 1 65535\na", VaeError.Truncated, "row 0 of 1")]
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
    [InlineData("P1 1 1 1 0", VaeError.TrailingData, "bytes follow")]
    [InlineData("P1 1 1 1x", VaeError.TrailingData, "bytes follow")]
    [InlineData("P4 9 1\nx", VaeError.Truncated, "row 0 of 1")]
    [InlineData("P4 1 1\nxP4 1 1\nx", VaeError.TrailingData, "another picture follows at offset 8")]
    public async Task Damage_is_named(string file, VaeError error, string word) =>
        await Pictures.RefusedAsync<VaeFormatException>(Encoding.Latin1.GetBytes(file), error, word);

    /// <summary>Of plain PBM alone, behind white space (pbm(5)).</summary>
    [Fact]
    public async Task Text_behind_the_digits_is_no_damage()
        => Assert.Equal(2, (await Pictures.ReadAsync(Encoding.Latin1.GetBytes("P1\n2 1\n1 0\nmade by hand\n"))).Picture.Width);

    /// <summary>Files have the most significant byte first; memory has it last.</summary>
    [Theory]
    [InlineData("P5 2 1 65535\n\u0012\u0034\u00FF\u0001", PixelLayout.Gray16, 16, new[] { 0x1234, 0xFF01 })]
    [InlineData("P6 1 1 65535\nabcdef", PixelLayout.Rgb48, 16, new[] { 0x6162, 0x6364, 0x6566 })]
    [InlineData("P5 2 1 4095\n\u000F\u00FF\0\u0001", PixelLayout.Gray16, 12, new[] { 4095, 1 })]
    [InlineData("P5 2 1 511\n\u0001\u00FF\0\u0002", PixelLayout.Gray16, 9, new[] { 511, 2 })]
    [InlineData("P2 3 1 32767 0 16384 32767", PixelLayout.Gray16, 15, new[] { 0, 16384, 32767 })]
    [InlineData("P3 1 1 1023 0 512\n1023", PixelLayout.Rgb48, 10, new[] { 0, 512, 1023 })]
    [InlineData("P2 5 1 1000 0 1 500 999 1000", PixelLayout.Gray16, 16, new[] { 0, 66, 32768, 65469, 65535 })]
    [InlineData("P5 2 1 256\n\u0001\0\0\u0001", PixelLayout.Gray16, 16, new[] { 65535, 256 })]
    [InlineData("P5 2 1 65534\n\u00FF\u00FE\u007F\u00FF", PixelLayout.Gray16, 16, new[] { 65535, 32768 })]
    public async Task Samples_of_two_bytes_are_read(string file, PixelLayout layout, int bitDepth, int[] expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(file);
        foreach (Stream stream in new Stream[] { new MemoryStream(bytes), new PipeLikeStream(bytes, 1) })
        {
            MemoryRowSink read = await Pictures.ReadAsync(stream);
            Assert.Equal((layout, bitDepth), (read.Picture.Layout, read.Picture.BitDepth));
            Assert.Equal(expected.SelectMany(s => new[] { (byte)s, (byte)(s >> 8) }), read.Pixels);
        }
    }

    [Theory]
    [InlineData(PixelLayout.Gray8, 8, "P5\n1 1\n255\n")]
    [InlineData(PixelLayout.Rgb24, 8, "P6\n1 1\n255\n")]
    [InlineData(PixelLayout.Gray16, 16, "P5\n1 1\n65535\n")]
    [InlineData(PixelLayout.Rgb48, 12, "P6\n1 1\n4095\n")]
    [InlineData(PixelLayout.GrayAlpha16, 8, "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 255\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n")]
    [InlineData(PixelLayout.Rgba32, 8, "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n")]
    [InlineData(PixelLayout.GrayAlpha32, 9, "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 511\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n")]
    [InlineData(PixelLayout.Rgba64, 16, "P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 65535\nTUPLTYPE RGB_ALPHA\nENDHDR\n")]
    public async Task Every_layout_is_written(PixelLayout layout, int bitDepth, string header)
    {
        // Samples 1, 2, 3, 4, in memory with the least significant byte first.
        int bytes = layout.BytesPerSample();
        byte[] pixels = [.. Enumerable.Range(1, layout.Channels()).SelectMany(i => new byte[] { (byte)i, 0 }[..bytes])];
        byte[] stored = [.. Enumerable.Range(1, layout.Channels()).SelectMany(i => new byte[] { 0, (byte)i }[^bytes..])];
        byte[] file = await Pictures.WriteAsync(new PictureDescription(1, 1, layout) { BitDepth = bitDepth }, pixels, PictureFormat.Pnm);
        Assert.Equal([.. Encoding.ASCII.GetBytes(header), .. stored], file);
    }

    [MagickFact]
    public async Task ImageMagick_and_we_agree_on_every_layout()
    {
        var random = new Random(75);
        foreach (PixelLayout layout in Pictures.Layouts)
        {
            var picture = new PictureDescription(37, 23, layout);
            byte[] pixels = Pictures.Pixels(random, 37, 23, layout);
            byte[] ours = await Pictures.WriteAsync(picture, pixels, PictureFormat.Pnm);
            Assert.True(MagickPixels.Of("pnm:-", ours, picture).AsSpan().SequenceEqual(pixels), $"{layout}");

            byte[] theirs = ExternalTool.Run(ExternalTool.Magick ?? string.Empty, ours, "pnm:-", layout.HasAlpha() ? "pam:-" : layout.ColourChannels() == 1 ? "pgm:-" : "ppm:-");
            Assert.True((await Pictures.ReadAsync(theirs)).Pixels.AsSpan().SequenceEqual(pixels), $"{layout}");
        }

        // A largest sample that fills no whole number of bits: both scale, and to the nearest.
        byte[] thousand = [.. "P5 1001 1 1000\n"u8, .. Enumerable.Range(0, 1001).SelectMany(s => new[] { (byte)(s >> 8), (byte)s })];
        MemoryRowSink read = await Pictures.ReadAsync(thousand);
        Assert.Equal(MagickPixels.Of("pnm:-", thousand, read.Picture), read.Pixels);
    }

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
