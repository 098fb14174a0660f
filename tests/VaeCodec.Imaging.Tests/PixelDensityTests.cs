using System.Buffers.Binary;
using System.Globalization;
using VaeCodec.Imaging.Jpeg;
using VaeCodec.Imaging.Png;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

public class PixelDensityTests
{
    private const int JfifUnit = 13;

    /// <summary>Pixels a metre or their ratio, what EXIF then says, and what a JPEG says (unit, x, y).</summary>
    private static readonly (int X, int Y, byte Unit, PixelDensity InExif, byte[] InJpeg)[] s_densities =
    [
        (11811, 11811, 1, new(118.11, 118.11, PixelDensityUnit.Centimetre), Jfif(1, 300, 300)),
        (3780, 3780, 1, new(37.8, 37.8, PixelDensityUnit.Centimetre), Jfif(1, 96, 96)),
        (7874, 3937, 1, new(78.74, 39.37, PixelDensityUnit.Centimetre), Jfif(1, 200, 100)),
        (12000, 11900, 1, new(120, 119, PixelDensityUnit.Centimetre), Jfif(2, 120, 119)),
        (2, 1, 0, new(2, 1, PixelDensityUnit.None), Jfif(0, 2, 1)),
        (200000, 100000, 0, new(200000, 100000, PixelDensityUnit.None), Jfif(0, 65535, 32768)),
        (int.MaxValue, 1, 0, new(int.MaxValue, 1, PixelDensityUnit.None), Jfif(0, 1, 1)),
        (int.MaxValue, int.MaxValue, 1, new(21474836.47, 21474836.47, PixelDensityUnit.Centimetre), Jfif(0, 1, 1)),
    ];

    [Fact]
    public async Task OfAPngIsInExifAndInWhatComesBack()
    {
        foreach ((int x, int y, byte unit, PixelDensity inExif, _) in s_densities)
        {
            byte[] physical = Physical(x, y, unit);
            MemoryRowSink read = await Pictures.ReadAsync(Png(physical));
            Assert.Equal(inExif, ExifData.Density(read.Picture.Metadata.Exif));
            Assert.Equal(physical, Chunk(await Pictures.WriteAsync(read.Picture, read.Pixels, PictureFormat.Png), "pHYs"));
        }
    }

    [TurboJpegFact]
    public async Task OfAPngIsInTheJpegThatComesBack()
    {
        foreach ((int x, int y, byte unit, _, byte[] inJpeg) in s_densities)
        {
            MemoryRowSink read = await Pictures.ReadAsync(Png(Physical(x, y, unit)));
            byte[] jpeg = await Pictures.WriteAsync(read.Picture, read.Pixels, PictureFormat.Jpeg);
            Assert.Equal(inJpeg, jpeg[JfifUnit..(JfifUnit + 5)]);
            Assert.Equal(read.Picture.Metadata, (await Pictures.ReadAsync(jpeg)).Picture.Metadata);
        }
    }

    [TurboJpegFact]
    public async Task OfAJpegIsInExifAndInWhatComesBack()
    {
        foreach ((byte unit, ushort x, ushort y, int metre) in new (byte, ushort, ushort, int)[] { (1, 300, 300, 11811), (2, 118, 118, 11800), (1, 65535, 65535, 2580118), (0, 3, 2, 3) })
        {
            MemoryRowSink read = await Pictures.ReadAsync(await JpegAsync(unit, x, y));
            Assert.Equal(new PixelDensity(x, y, (PixelDensityUnit)(unit + 1)), ExifData.Density(read.Picture.Metadata.Exif));
            byte[] jpeg = await Pictures.WriteAsync(read.Picture, read.Pixels, PictureFormat.Jpeg);
            Assert.Equal(Jfif(unit, x, y), jpeg[JfifUnit..(JfifUnit + 5)]);
            byte[] png = await Pictures.WriteAsync(read.Picture, read.Pixels, PictureFormat.Png);
            Assert.Equal(metre, BinaryPrimitives.ReadInt32BigEndian(Chunk(png, "pHYs")));
        }
    }

    [Fact]
    public async Task WhatSaysNothingDoesNotTravel()
    {
        foreach (byte[] physical in (byte[][])[Physical(2835, 2835, 1), Physical(2834, 2834, 1), Physical(4, 4, 0), Physical(0, 5, 1), Physical(5, -1, 1), Physical(3, 4, 2), [1], []])
        {
            MemoryRowSink read = await Pictures.ReadAsync(Png(physical));
            Assert.Equal(PictureMetadata.None, read.Picture.Metadata);
            Assert.Empty(Chunk(await Pictures.WriteAsync(read.Picture, read.Pixels, PictureFormat.Png), "pHYs"));
        }
    }

    [TurboJpegFact]
    public async Task OfAJpegThatSaysNothingDoesNotTravel()
    {
        foreach ((byte unit, ushort x, ushort y) in new (byte, ushort, ushort)[] { (1, 72, 72), (0, 1, 1), (1, 0, 300), (3, 300, 300) })
        {
            Assert.Equal(PictureMetadata.None, (await Pictures.ReadAsync(await JpegAsync(unit, x, y))).Picture.Metadata);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhereThereIsExifThatCounts(bool isBehindThePixels)
    {
        byte[] exif = Exif(new PixelDensity(600, 600, PixelDensityUnit.Inch));
        PngBuilder file = new PngBuilder().Header(1, 1, 8, 0).Chunk("pHYs", Physical(11811, 11811, 1));
        file = isBehindThePixels ? file.Pixels([0, 7]).Chunk("eXIf", exif) : file.Chunk("eXIf", exif).Pixels([0, 7]);
        MemoryRowSink read = await Pictures.ReadAsync(file.End());
        Assert.Equal(exif, read.Picture.Metadata.Exif);
        Assert.Equal(Physical(23622, 23622, 1), Chunk(await Pictures.WriteAsync(read.Picture, read.Pixels, PictureFormat.Png), "pHYs"));
    }

    [Fact]
    public void ExifIsReadInBothOrdersOfBytes()
    {
        // Inches, as no unit is said, beside an entry of another tag; one of the rationals stands before the directory.
        byte[] big = Convert.FromHexString(
            "4D4D002A00000010" + "0000012C00000001"
            + "0003" + "010F00020000000241000000" + "011A00050000000100000040" + "011B00050000000100000008" + "00000000" + "000000000000"
            + "000004B000000004");
        Assert.Equal(new PixelDensity(300, 300, PixelDensityUnit.Inch), ExifData.Density(big));
        Assert.Equal(new PixelDensity(1, 2, PixelDensityUnit.None), ExifData.Density(Exif(new PixelDensity(1, 2, PixelDensityUnit.None))));
    }

    [Theory]
    [InlineData("49492A00080000000100120103000100000006000000" + "00000000")]
    [InlineData("4D4D002A000000080001011200030000000100060000" + "00000000")]
    [InlineData("4D4D002A000000080001011200030000000100060000" + "FF")] // Odd, and without the offset of a next directory.
    public async Task ExifThatDoesNotStateItGetsIt(string orientationAlone)
    {
        byte[] exif = Convert.FromHexString(orientationAlone);
        byte[] file = new PngBuilder().Header(1, 1, 8, 0).Chunk("pHYs", Physical(11811, 11811, 1)).Chunk("eXIf", exif).Pixels([0, 7]).End();
        byte[] travelling = (await Pictures.ReadAsync(file)).Picture.Metadata.Exif!;
        Assert.Equal(new PixelDensity(118.11, 118.11, PixelDensityUnit.Centimetre), ExifData.Density(travelling));
        Assert.Equal(exif[8..], travelling[8..exif.Length]);

        // Four entries in the order of their tags, the orientation first among them.
        bool isBig = exif[0] == 'M';
        int directory = travelling[isBig ? 7 : 4];
        int[] tags = [.. Enumerable.Range(0, 4).Select(i => travelling.AsSpan(directory + 2 + (12 * i), 2)[isBig ? 1 : 0] | 0x100)];
        Assert.Equal([0x112, 0x11A, 0x11B, 0x128], tags);
        Assert.Equal(exif[10..22], travelling[(directory + 2)..(directory + 14)]);
        Assert.Same(travelling, ExifData.With(travelling, new PixelDensity(5, 6, PixelDensityUnit.Inch)));
    }

    [Fact]
    public void ExifThatIsBrokenOrWouldNotFitASegmentStays()
    {
        var density = new PixelDensity(300, 300, PixelDensityUnit.Inch);
        byte[] broken = Convert.FromHexString("49492A0008000000FF00120103000100000006000000");
        Assert.Same(broken, ExifData.With(broken, density));
        byte[] large = new byte[65_500];
        Convert.FromHexString("49492A000800000000000000").CopyTo(large, 0);
        Assert.Same(large, ExifData.With(large, density));
        Assert.Null(ExifData.With(null, null));
    }

    [Theory]
    [InlineData(1.5, 1, 65535, 43690)]
    [InlineData(100_000, 50_000, 65535, 32768)]
    [InlineData(4, 3, 4, 3)]
    public void RatiosKeepTheirShapeInAJpeg(double x, double y, int expectedX, int expectedY)
    {
        byte[] segment = [.. JpegMarkers.Jfif, .. new byte[9]];
        JfifPixelDensity.Write(new PixelDensity(x, y, PixelDensityUnit.None), segment);
        Assert.Equal(Jfif(0, (ushort)expectedX, (ushort)expectedY), segment[7..12]);
    }

    [Fact]
    public void BrokenExifSaysNothingOrSomethingElse()
    {
        byte[] sound = Exif(new PixelDensity(118.11, 118.11, PixelDensityUnit.Centimetre));
        for (int length = 0; length < sound.Length; length++)
        {
            _ = ExifData.Density(sound.AsSpan(0, length));
        }

        var random = new Random(5);
        int other = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] broken = [.. sound];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                broken[random.Next(2, broken.Length)] = (byte)random.Next(256);
            }

            PixelDensity? density = ExifData.Density(broken);
            Assert.True(density is null or { X: > 0, Y: > 0 });
            _ = density is { } said ? PngPixelDensity.Write(said) : null;
            byte[] segment = [.. JpegMarkers.Jfif, .. new byte[9]];
            JfifPixelDensity.Write(density ?? default, segment);
            other += density is null ? 0 : 1;
        }

        Assert.InRange(other, 100, 19_900);
    }

    [MagickFact]
    public async Task ImageMagickReadsItSo()
    {
        foreach (PictureFormat format in TurboJpegLibrary.IsAvailable ? (PictureFormat[])[PictureFormat.Png, PictureFormat.Jpeg] : [PictureFormat.Png])
        {
            foreach (double inch in (double[])[96, 300, 1200])
            {
                var picture = new PictureDescription(3, 2, PixelLayout.Rgb24) { Metadata = new PictureMetadata { Exif = Exif(new PixelDensity(inch, inch, PixelDensityUnit.Inch)) } };
                byte[] file = await Pictures.WriteAsync(picture, new byte[18], format);
                string said = System.Text.Encoding.ASCII.GetString(ExternalTool.Run(ExternalTool.Magick!, file, $"{format}:-", "-units", "PixelsPerInch", "-format", "%x", "info:-"));
                Assert.Equal(inch, double.Parse(said.Split(' ')[0], CultureInfo.InvariantCulture), 0.02);
            }
        }
    }

    private static byte[] Exif(PixelDensity density) => ExifData.With(null, density)!;

    private static byte[] Physical(int x, int y, byte unit)
    {
        byte[] payload = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(payload, x);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(4), y);
        payload[8] = unit;
        return payload;
    }

    private static byte[] Jfif(byte unit, ushort x, ushort y) => [unit, (byte)(x >> 8), (byte)x, (byte)(y >> 8), (byte)y];

    private static byte[] Png(byte[] physical) => new PngBuilder().Header(1, 1, 8, 0).Chunk("pHYs", physical).Pixels([0, 7]).End();

    private static async Task<byte[]> JpegAsync(byte unit, ushort x, ushort y)
    {
        byte[] file = await Pictures.WriteAsync(new PictureDescription(2, 2, PixelLayout.Rgb24), new byte[12], PictureFormat.Jpeg);
        Jfif(unit, x, y).CopyTo(file, JfifUnit);
        return file;
    }

    private static byte[] Chunk(byte[] png, string type)
    {
        int at = png.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type));
        return at < 0 ? [] : png[(at + 4)..(at + 4 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4)))];
    }
}
