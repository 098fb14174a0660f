using System.Diagnostics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Cicp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;

namespace VaeCodec.ImageSharp.Tests;

/// <summary>The tool of VaeCodec.Full.sln reads and writes what ImageSharp does, by the extension of the file's name.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vaecodec-imagesharp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bmp")]
    [InlineData("tga")]
    [InlineData("tiff")]
    [InlineData("qoi")]
    [InlineData("gif")]
    public async Task PicturesComeBackExactly(string extension)
    {
        using Image<Rgb24> image = Picture();
        image.Save(At("a." + extension));
        await RunAsync(0, "encode", "a." + extension, "--lossless");
        await RunAsync(0, "decode", "a.vae", "b." + extension);
        using Image<Rgb24> expected = Image.Load<Rgb24>(At("a." + extension)), actual = Image.Load<Rgb24>(At("b." + extension));
        byte[] first = new byte[expected.Width * expected.Height * 3], second = new byte[first.Length];
        expected.CopyPixelDataTo(first);
        actual.CopyPixelDataTo(second);
        Assert.Equal(first, second);
    }

    /// <summary>A pixel of a GIF is there or not; ImageSharp would choose without a word.</summary>
    [Fact]
    public async Task HalfTransparentPixels_AreRefusedForGif()
    {
        foreach (byte alpha in (byte[])[128, 0])
        {
            using (Image<Rgba32> image = new(20, 10, new Rgba32(10, 200, 30, 255)))
            {
                image[3, 4] = new Rgba32(10, 200, 30, alpha);
                image.SaveAsPng(At("a.png"));
            }

            await RunAsync(0, "encode", "a.png", "-f", "--lossless");
            string error = await RunAsync(alpha == 0 ? 0 : 3, "decode", "a.vae", "a.gif");
            Assert.Equal(alpha != 0, error.Contains("half-transparent", StringComparison.Ordinal));
        }

        using Image<Rgba32> back = Image.Load<Rgba32>(At("a.gif"));
        Assert.Equal((0, 255), (back[3, 4].A, back[0, 0].A));
    }

    [Theory]
    [InlineData(1, PixelLayout.Gray16)]
    [InlineData(3, PixelLayout.Rgb48)]
    [InlineData(4, PixelLayout.Rgba64)]
    public async Task TiffsOf16Bits_KeepThem(int channels, PixelLayout layout)
    {
        const int Width = 40, Height = 30;
        byte[] samples = new byte[Width * Height * channels * 2];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (byte)((i * 29) ^ (i >> 5));
        }

        await File.WriteAllBytesAsync(At("a.tiff"), TiffFile.Create(Width, Height, channels, 16, samples));
        await RunAsync(0, "encode", "a.tiff", "--lossless");
        DecodedPicture decoded = global::VaeCodec.VaeDecoder.Decode(File.ReadAllBytes(At("a.vae")));
        Assert.Equal((Width, Height, layout), (decoded.Picture.Width, decoded.Picture.Height, decoded.Picture.Layout));
        Assert.Equal(samples, decoded.Pixels);
    }

    /// <summary>ImageSharp makes RGB of a grey TIFF unless it is told otherwise.</summary>
    [Fact]
    public async Task GreyTiffs_StayGrey()
    {
        byte[] samples = [.. Enumerable.Range(0, 40 * 30).Select(i => (byte)((i * 29) ^ (i >> 5)))];
        await File.WriteAllBytesAsync(At("a.tiff"), TiffFile.Create(40, 30, 1, 8, samples));
        await RunAsync(0, "encode", "a.tiff", "--lossless");
        DecodedPicture decoded = global::VaeCodec.VaeDecoder.Decode(File.ReadAllBytes(At("a.vae")));
        Assert.Equal(PixelLayout.Gray8, decoded.Picture.Layout);
        Assert.Equal(samples, decoded.Pixels);
    }

    [Theory]
    [InlineData("bmp", PixelLayout.Rgba32)]
    [InlineData("tga", PixelLayout.Rgba32)]
    [InlineData("qoi", PixelLayout.Rgba32)]
    [InlineData("webp", PixelLayout.Rgba32)]
    [InlineData("webp", PixelLayout.Rgb24)]
    [InlineData("bmp", PixelLayout.Rgb24)]
    public async Task SamplesComeBackExactly(string extension, PixelLayout layout)
    {
        byte[] pixels = await WriteVaeAsync("a.vae", layout);
        await RunAsync(0, "decode", "a.vae", "b." + extension);
        await RunAsync(0, "encode", "b." + extension, "c.vae", "--lossless");
        DecodedPicture back = global::VaeCodec.VaeDecoder.Decode(File.ReadAllBytes(At("c.vae")));
        Assert.Equal(layout, back.Picture.Layout);
        Assert.Equal(pixels, back.Pixels);
    }

    /// <summary>ImageSharp reads palettes and grey as colour.</summary>
    [Theory]
    [InlineData("bmp")]
    [InlineData("tga")]
    public async Task GreyOf8Bits_StaysGrey(string extension)
    {
        using Image<L8> image = new(16, 16);
        for (int i = 0; i < 256; i++)
        {
            image[i % 16, i / 16] = new L8((byte)i);
        }

        IImageEncoder encoder = extension == "bmp" ? new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel8 } : new TgaEncoder { BitsPerPixel = TgaBitsPerPixel.Pixel8 };
        await image.SaveAsync(At("a." + extension), encoder);
        await RunAsync(0, "encode", "a." + extension, "--lossless");
        DecodedPicture decoded = global::VaeCodec.VaeDecoder.Decode(File.ReadAllBytes(At("a.vae")));
        Assert.Equal(PixelLayout.Gray8, decoded.Picture.Layout);
        using Image<Rgb24> expected = Image.Load<Rgb24>(At("a." + extension));
        Assert.All(Enumerable.Range(0, 256), i => Assert.Equal(expected[i % 16, i / 16].R, decoded.Pixels[i]));
    }

    /// <summary>ImageSharp would drop the lower bits or the alpha without a word.</summary>
    [Theory]
    [InlineData(PixelLayout.Rgb48, "tiff", "8 bits")]
    [InlineData(PixelLayout.GrayAlpha32, "tiff", "8 bits")]
    [InlineData(PixelLayout.Gray16, "bmp", "8 bits")]
    [InlineData(PixelLayout.Rgba64, "webp", "8 bits")]
    [InlineData(PixelLayout.Rgba32, "tiff", "transparency")]
    [InlineData(PixelLayout.GrayAlpha16, "tiff", "transparency")]
    [InlineData(PixelLayout.Gray8, "webp", "at most 16383", 16384)]
    [InlineData(PixelLayout.Gray8, "tga", "at most 65535", 65536)]
    [InlineData(PixelLayout.Rgb24, "gif", "at most 65535", 65536)]
    public async Task WhatAFormatDoesNotHold_IsRefused(PixelLayout layout, string extension, string expected, int width = 20)
    {
        await WriteVaeAsync("a.vae", layout, width);
        Assert.Contains(expected, await RunAsync(3, "decode", "a.vae", "b." + extension), StringComparison.Ordinal);
        Assert.False(File.Exists(At("b." + extension)));
    }

    [Theory]
    [InlineData(PixelLayout.Gray16, "tiff")]
    [InlineData(PixelLayout.Rgba64, "apng")]
    public async Task SixteenBitsAreWritten_WhereTheFormatHoldsThem(PixelLayout layout, string extension)
    {
        byte[] pixels = await WriteVaeAsync("a.vae", layout);
        await RunAsync(0, "decode", "a.vae", "b." + extension);
        await RunAsync(0, "encode", "b." + extension, "c.vae", "--lossless");
        Assert.Equal(pixels, global::VaeCodec.VaeDecoder.Decode(File.ReadAllBytes(At("c.vae"))).Pixels);
    }

    /// <summary>ImageSharp keeps what a TIFF says of the picture with its first frame.</summary>
    [Fact]
    public async Task MetadataOfTiffs_TravelAlong()
    {
        byte[] xmp = [.. "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8];
        using (Image<Rgb24> image = new(8, 8))
        {
            image.Frames.RootFrame.Metadata.XmpProfile = new XmpProfile(xmp);
            await image.SaveAsTiffAsync(At("tagged.tiff"));
        }

        await RunAsync(0, "encode", "tagged.tiff", "--lossless");
        Assert.Equal(xmp, (await VaeImageInfo.ReadAsync(new MemoryStream(File.ReadAllBytes(At("tagged.vae"))))).Picture.Metadata.Xmp);
    }

    /// <summary>Tags that are about the file it came from would mislead whoever writes the next one.</summary>
    [Fact]
    public async Task OfTiffTags_ThoseAboutThePictureTravel()
    {
        using (Image<Rgb24> image = new(8, 8))
        {
            ExifProfile tags = new();
            tags.SetValue(ExifTag.Artist, "somebody");
            tags.SetValue(ExifTag.Orientation, (ushort)6);
            tags.SetValue(ExifTag.FNumber, new Rational(28, 10));
            tags.SetValue(ExifTag.FillOrder, (ushort)1);
            image.Frames.RootFrame.Metadata.ExifProfile = tags;
            (image.Metadata.HorizontalResolution, image.Metadata.VerticalResolution) = (300, 300);
            await image.SaveAsTiffAsync(At("tagged.tiff"));
        }

        await RunAsync(0, "encode", "tagged.tiff", "--lossless");
        ExifProfile travelled = new((await VaeImageInfo.ReadAsync(new MemoryStream(File.ReadAllBytes(At("tagged.vae"))))).Picture.Metadata.Exif);
        ushort[] kept = [.. travelled.Values.Select(value => (ushort)value.Tag).Order()];
        Assert.Equal([(ushort)ExifTag.Orientation, (ushort)ExifTag.XResolution, (ushort)ExifTag.YResolution, (ushort)ExifTag.ResolutionUnit, (ushort)ExifTag.Artist, (ushort)ExifTag.FNumber], kept.Except([(ushort)ExifTag.Software]));

        // And ImageSharp's own resolution does not go over it.
        foreach (string name in (string[])["back.tiff", "back.webp"])
        {
            await RunAsync(0, "decode", "tagged.vae", name);
            ImageInfo info = Image.Identify(At(name));
            ExifProfile back = info.Metadata.ExifProfile ?? Image.Load(At(name)).Frames.RootFrame.Metadata.ExifProfile!;
            Assert.True(back.TryGetValue(ExifTag.XResolution, out IExifValue<Rational>? resolution));
            Assert.Equal(300, resolution.Value.ToDouble());
        }

        using Image loaded = Image.Load(FormatTests.Options(), At("tagged.vae"));
        Assert.Equal(300, loaded.Metadata.HorizontalResolution);
    }

    /// <summary>JPEG by its other name is read and written by VaeCodec.Imaging, and by its rules.</summary>
    [Fact]
    public async Task Jfif_IsJpeg()
    {
        await WriteVaeAsync("a.vae", PixelLayout.Rgba32);
        Assert.Contains("JPEG has no transparency", await RunAsync(3, "decode", "a.vae", "a.jfif"), StringComparison.Ordinal);
    }

    /// <summary>Of the formats beside those of VaeCodec.Imaging only .apng has code points; the others are written without, as JPEG and PNM are.</summary>
    [Fact]
    public async Task CodePointsAreWritten_WhereTheFormatHasThem()
    {
        ColourCodePoints colour = new(9, 16, 0, true);
        await WriteAsync("a.vae", colour);
        await RunAsync(0, "decode", "a.vae", "a.apng");
        CicpProfile profile = Image.Identify(At("a.apng")).Metadata.CicpProfile!;
        Assert.Equal((CicpColorPrimaries.ItuRBt2020_2, CicpTransferCharacteristics.SmpteSt2084), (profile.ColorPrimaries, profile.TransferCharacteristics));
        await RunAsync(0, "encode", "a.apng", "b.vae", "--lossless");
        Assert.Equal(colour, (await VaeImageInfo.ReadAsync(new MemoryStream(File.ReadAllBytes(At("b.vae"))))).Picture.Colour);
        await RunAsync(0, "decode", "a.vae", "a.tiff");

        await WriteAsync("matrix.vae", colour with { Matrix = 9 });
        Assert.Contains("matrix 9", await RunAsync(3, "decode", "matrix.vae", "matrix.apng"), StringComparison.Ordinal);
        await RunAsync(0, "decode", "matrix.vae", "matrix.tiff");

        Task WriteAsync(string name, ColourCodePoints points) => File.WriteAllBytesAsync(
            At(name),
            global::VaeCodec.VaeEncoder.Encode(new PictureDescription(20, 10, PixelLayout.Rgb24) { Colour = points }, new byte[20 * 10 * 3], new VaeEncoderOptions { Lossless = true }));
    }

    [Fact]
    public async Task WebpAndFolders()
    {
        using Image<Rgb24> image = Picture();
        await image.SaveAsWebpAsync(At("a.webp"), new WebpEncoder { FileFormat = WebpFileFormatType.Lossless });
        await image.SaveAsPngAsync(At("b.png"));
        await RunAsync(0, "encode", "-r", ".", "--output-dir", "coded", "--lossless");
        Assert.Equal(["a.vae", "b.vae"], Directory.GetFiles(At("coded")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(global::VaeCodec.VaeDecoder.Decode(File.ReadAllBytes(At("coded/a.vae"))).Pixels, global::VaeCodec.VaeDecoder.Decode(File.ReadAllBytes(At("coded/b.vae"))).Pixels);
        await RunAsync(0, "decode", "-r", "coded", "--output-dir", "back", "--format", "tiff");
        Assert.Equal(["a.tiff", "b.tiff"], Directory.GetFiles(At("back")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Contains("inf", await RunAsync(0, "compare", "back/a.tiff", "b.png"), StringComparison.Ordinal);
        await RunAsync(2, "decode", "coded/a.vae", "--format", "docx");
        string compared = await RunAsync(0, "compare", "a.webp", "b.png");
        Assert.Contains("inf", compared, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNotTaken_IsRefused()
    {
        using (Image<Rgba32> animation = new(20, 20))
        {
            animation.Frames.CreateFrame(new Rgba32(255, 0, 0, 255));
            animation.SaveAsGif(At("moving.gif"));
            animation.SaveAsPng(At("moving.apng"));
        }

        await File.WriteAllTextAsync(At("noise.bmp"), "this is no bitmap at all, whatever its name says");
        await File.WriteAllBytesAsync(At("deep.tiff"), TiffFile.Create(8, 6, 3, 32, new byte[8 * 6 * 3 * 4]));
        await File.WriteAllBytesAsync(At("half.tiff"), TiffFile.Create(8, 6, 1, 16, new byte[8 * 6 * 2], isFloatingPoint: true));

        // A run of two pixels in a picture of one.
        await File.WriteAllBytesAsync(At("damaged.qoi"), [.. "qoif"u8, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0xC1, 0, 0, 0, 0, 0, 0, 0, 1]);
        using Image<Rgb24> image = Picture();
        image.SaveAsBmp(At("large.bmp"));
        image.Metadata.IccProfile = new IccProfile(ColourProfile.Create("CMYK"));
        image.SaveAsWebp(At("print.webp"));
        Assert.Contains("holds 2 pictures", await RunAsync(3, "encode", "moving.gif"), StringComparison.Ordinal);
        Assert.Contains("animation", await RunAsync(3, "encode", "moving.apng"), StringComparison.Ordinal);
        await RunAsync(3, "encode", "noise.bmp");
        Assert.Contains("16 bits a sample", await RunAsync(3, "encode", "deep.tiff"), StringComparison.Ordinal);
        Assert.Contains("floating-point", await RunAsync(3, "encode", "half.tiff"), StringComparison.Ordinal);
        Assert.Contains("damaged", await RunAsync(3, "encode", "damaged.qoi"), StringComparison.Ordinal);
        Assert.Contains("'CMYK'", await RunAsync(3, "encode", "print.webp"), StringComparison.Ordinal);
        Assert.Contains("--max-pixels", await RunAsync(4, "encode", "large.bmp", "--max-pixels", "1000"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "*.vae"));
    }

    /// <summary>ImageSharp has a resolution for pictures that state none; of QOI it is the picture's own shape, which would stretch it.</summary>
    [Theory]
    [InlineData("qoi")]
    [InlineData("bmp")]
    public async Task AResolutionThatNobodyStated_IsNoMetadata(string extension)
    {
        await WriteVaeAsync("a.vae", PixelLayout.Rgb24);
        await RunAsync(0, "decode", "a.vae", "a." + extension);
        await RunAsync(0, "encode", "a." + extension, "b.vae");
        Assert.Null((await VaeImageInfo.ReadAsync(new MemoryStream(File.ReadAllBytes(At("b.vae"))))).Picture.Metadata.Exif);
    }

    [Fact]
    public async Task AProfileIsWritten_WhereSamplesAreOfItsKind()
    {
        await WriteAsync("grey.vae", "GRAY");
        foreach (string name in (string[])["grey.webp", "grey.bmp"])
        {
            Assert.Contains("--strip icc", await RunAsync(3, "decode", "grey.vae", name), StringComparison.Ordinal);
            await RunAsync(0, "decode", "grey.vae", name, "--strip", "icc");
        }

        // Readers of PNG discard a profile for colour in a grey one.
        await WriteAsync("colour.vae", "RGB ");
        await RunAsync(0, "decode", "colour.vae", "colour.apng");
        Assert.Equal(2, File.ReadAllBytes(At("colour.apng"))[25]);
        Assert.DoesNotContain("does not hold", await RunAsync(0, "decode", "colour.vae", "colour.bmp"), StringComparison.Ordinal);
        Assert.NotNull(Image.Identify(At("colour.bmp")).Metadata.IccProfile);

        Task WriteAsync(string name, string space)
        {
            PictureDescription picture = new(20, 10, PixelLayout.Gray8) { Metadata = new PictureMetadata { IccProfile = ColourProfile.Create(space) } };
            return File.WriteAllBytesAsync(At(name), global::VaeCodec.VaeEncoder.Encode(picture, new byte[20 * 10], new VaeEncoderOptions { Lossless = true }));
        }
    }

    /// <summary>The program of examples/WithImageSharp.</summary>
    [Fact]
    public async Task TheExampleMakesThumbnails()
    {
        using Image<Rgb24> image = new(640, 480, new Rgb24(200, 100, 50));
        image.SaveAsVae(At("photo.vae"));
        string printed = await RunProgramAsync(Path.Combine("examples", "WithImageSharp"), "WithImageSharp.dll", 0, "photo.vae", "small.webp", "128");
        Assert.Contains("640 x 480 -> 128 x 96", printed, StringComparison.Ordinal);
        Assert.Equal(128, Image.Identify(At("small.webp")).Width);
        File.WriteAllText(At("bad.vae"), "no picture");
        await RunProgramAsync(Path.Combine("examples", "WithImageSharp"), "WithImageSharp.dll", 1, "bad.vae", "small.webp", "128");
    }

    private static Image<Rgb24> Picture()
    {
        Image<Rgb24> image = new(90, 70);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                // Few enough colours for GIF.
                image[x, y] = new Rgb24((byte)(x / 15 * 40), (byte)(y / 14 * 50), (byte)((x + y) % 3 * 100));
            }
        }

        return image;
    }

    /// <summary>Writes a lossless file of a picture of all kinds of samples, transparent and opaque ones among them.</summary>
    private async Task<byte[]> WriteVaeAsync(string name, PixelLayout layout, int width = 20)
    {
        PictureDescription picture = new(width, 10, layout);
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i % 7 == 0 ? 0 : i % 5 == 0 ? 255 : (i * 29) ^ (i >> 4));
        }

        await File.WriteAllBytesAsync(At(name), global::VaeCodec.VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Lossless = true }));
        return pixels;
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>Runs the tool.</summary>
    /// <returns>All that it printed.</returns>
    private Task<string> RunAsync(int exitCode, params string[] arguments) => RunProgramAsync(Path.Combine("tools", "vaecodec-full"), "vaecodec.dll", exitCode, arguments);

    private async Task<string> RunProgramAsync(string project, string assembly, int exitCode, params string[] arguments)
    {
        DirectoryInfo output = new(AppContext.BaseDirectory);
        string root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName, configuration = output.Parent!.Name;
        string tool = Path.Combine(root, project, "bin", configuration, "net10.0", assembly);
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        ProcessStartInfo start = new(host, ["exec", tool, .. arguments]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> text = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        string all = await text + await error;
        Assert.True(process.ExitCode == exitCode, $"{string.Join(' ', arguments)}: {process.ExitCode}: {all}");
        return all;
    }
}
