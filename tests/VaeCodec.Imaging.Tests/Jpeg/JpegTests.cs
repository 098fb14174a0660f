using System.Runtime.InteropServices;
using VaeCodec.Imaging.Jpeg;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Jpeg;

public class JpegTests
{
    [TurboJpegFact]
    public async Task Quality_100_is_near_the_original_in_both_layouts()
    {
        foreach (PixelLayout layout in new[] { PixelLayout.Gray8, PixelLayout.Rgb24 })
        {
            foreach ((int width, int height) in new[] { (1, 1), (8, 8), (17, 9), (1, 40), (123, 77) })
            {
                byte[] pixels = [.. Enumerable.Range(0, width * height * layout.Channels()).Select(i => (byte)(60 + (i / width)))];
                var picture = new PictureDescription(width, height, layout);
                byte[] file = await Pictures.WriteAsync(picture, pixels, PictureFormat.Jpeg, new PictureWriterOptions { JpegQuality = 100 });
                MemoryRowSink read = await Pictures.ReadAsync(new PipeLikeStream(file, 100));
                Assert.Equal(picture, read.Picture);
                Assert.True(pixels.Zip(read.Pixels).All(p => Math.Abs(p.First - p.Second) <= 4), $"{width} x {height} {layout}");
            }
        }
    }

    [TurboJpegFact]
    public async Task Options_change_the_size()
    {
        var raw = new MemoryRowSink();
        await Pictures.CopyAsync(new SamplePicture(200, 150), raw, 10);
        async Task<int> Size(PictureWriterOptions options) => (await Pictures.WriteAsync(raw.Picture, raw.Pixels, PictureFormat.Jpeg, options)).Length;
        int usual = await Size(new PictureWriterOptions());
        Assert.True(await Size(new PictureWriterOptions { JpegQuality = 50 }) < usual);
        Assert.True(await Size(new PictureWriterOptions { JpegSubsample420 = true }) < usual);
        await Assert.ThrowsAsync<VaeLimitException>(() => Size(new PictureWriterOptions { MaxMemoryBytes = 1000 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PictureWriterOptions { JpegQuality = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PictureWriterOptions { PngCompressionLevel = 10 });
    }

    [TurboJpegFact]
    public async Task Metadata_are_carried_and_ICC_profiles_are_split()
    {
        byte[] profile = IccProfiles.Make(new Random(31), 150_000);
        PictureMetadata metadata = RoundTripTests.Metadata(new Random(31), true, true, true) with { IccProfile = profile };
        var picture = new PictureDescription(2, 2, PixelLayout.Rgb24) { Metadata = metadata };
        byte[] file = await Pictures.WriteAsync(picture, new byte[12], PictureFormat.Jpeg);
        RoundTripTests.AssertSame(metadata, (await Pictures.ReadAsync(file)).Picture.Metadata);

        var tooMuch = picture with { Metadata = new PictureMetadata { Exif = new byte[65528] } };
        await Assert.ThrowsAsync<VaeUnsupportedException>(() => Pictures.WriteAsync(tooMuch, new byte[12], PictureFormat.Jpeg));
        var limits = new VaeLimits { MaxMetadataBytes = 100_000 };
        await Assert.ThrowsAsync<VaeLimitException>(() => Pictures.ReadAsync(file, limits));
    }

    [TurboJpegFact]
    public async Task Memory_is_limited_before_decoding()
    {
        byte[] file = await SmallAsync();
        var tight = new VaeLimits { MaxMemoryBytes = file.Length + (16 * 16 * 3) - 1 };
        VaeLimitException e = await Assert.ThrowsAsync<VaeLimitException>(() => Pictures.ReadAsync(file, tight));
        Assert.Contains("MaxMemoryBytes", e.Message, StringComparison.Ordinal);
        await Pictures.ReadAsync(file, tight with { MaxMemoryBytes = tight.MaxMemoryBytes + 1 });
        await Assert.ThrowsAsync<VaeLimitException>(() => Pictures.ReadAsync(file, new VaeLimits { MaxMemoryBytes = 100 }));
    }

    [TurboJpegFact]
    public async Task Truncation_at_every_byte_is_an_error()
    {
        byte[] file = await SmallAsync();
        for (int length = 3; length < file.Length - 2; length++)
        {
            Assert.False(await Pictures.SurvivesAsync(file[..length], VaeLimits.Default), $"{length} of {file.Length} bytes");
        }
    }

    [TurboJpegFact]
    public async Task Mutations_give_a_picture_or_a_VaeException()
    {
        byte[] file = await SmallAsync();
        var random = new Random(33);
        var limits = new VaeLimits { MaxPixels = 1 << 18, MaxMemoryBytes = 4 << 20 };
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(3, file.Length)] = (byte)random.Next(256);
            await Pictures.SurvivesAsync(damaged, limits);
        }
    }

    [TurboJpegFact]
    public async Task Other_kinds_are_refused_by_name()
    {
        byte[] file = await SmallAsync();
        int frame = file.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        await Unsupported(Change(file, frame + 4, 12), "12 bits");
        await Unsupported(Change(file, frame + 1, 0xC3), "lossless", "FFC3");
        await Unsupported(Change(file, frame + 1, 0xCB), "lossless", "FFCB");
        await Unsupported(Change(file, frame + 1, 0xC5), "hierarchical", "FFC5");
        byte[] four = [.. file.AsSpan(0, frame + 2), 0, 20, .. file.AsSpan(frame + 4, 5), 4, .. file.AsSpan(frame + 10, 9), 4, 0x11, 0, .. file.AsSpan(frame + 19)];
        await Unsupported(four, "CMYK", "-colorspace sRGB");
        byte[] bad = [.. file.AsSpan(0, 2), 0xFF, 0xE2, 0, 17, .. "ICC_PROFILE\0"u8, 1, 2, 9, .. file.AsSpan(2)];
        await Pictures.RefusedAsync<VaeFormatException>(bad, VaeError.InvalidField, "2 parts", "1");
    }

    [TurboJpegFact]
    public async Task What_a_jpeg_cannot_hold_is_refused_before_anything_is_written()
    {
        foreach (PixelLayout layout in Pictures.Layouts.Where(layout => layout.BytesPerPixel() > 1 && layout != PixelLayout.Rgb24))
        {
            var output = new MemoryStream();
            IRowSink sink = PictureWriter.Create(output, PictureFormat.Jpeg);
            VaeUnsupportedException e = await Assert.ThrowsAsync<VaeUnsupportedException>(
                async () => await sink.BeginAsync(new PictureDescription(2, 2, layout), default));
            Assert.Equal(VaeError.UnsupportedFeature, e.Error);
            string[] words = layout.HasAlpha() ? ["no transparency", ".png", ".pam"] : ["8 bits a sample", "16", ".png", layout == PixelLayout.Gray16 ? ".pgm" : ".ppm"];
            Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
            Assert.Equal(0, output.Length);
        }

        VaeUnsupportedException twelve = await Assert.ThrowsAsync<VaeUnsupportedException>(
            () => Pictures.WriteAsync(new PictureDescription(1, 1, PixelLayout.Gray16) { BitDepth = 12 }, new byte[2], PictureFormat.Jpeg));
        Assert.Contains("has 12", twelve.Message, StringComparison.Ordinal);
    }

    [CjpegFact]
    public async Task Arithmetic_coding_is_read_where_the_library_does_and_is_not_called_damage_where_it_does_not()
    {
        byte[] pixels = Pictures.Pixels(new Random(35), 20, 10, PixelLayout.Rgb24);
        byte[] ppm = await Pictures.WriteAsync(new PictureDescription(20, 10, PixelLayout.Rgb24), pixels, PictureFormat.Pnm);
        byte[] huffman = ExternalTool.Run(ExternalTool.Cjpeg ?? string.Empty, ppm, "-dct", "int");
        byte[] arithmetic = ExternalTool.Run(ExternalTool.Cjpeg ?? string.Empty, ppm, "-dct", "int", "-arithmetic");
        Assert.True(arithmetic.AsSpan().IndexOf<byte>([0xFF, 0xC9]) > 0);
        Assert.Equal((await Pictures.ReadAsync(huffman)).Pixels, (await Pictures.ReadAsync(arithmetic)).Pixels);

        VaeException e = JpegPictureReader.Failed("Sorry, arithmetic coding is not implemented");
        Assert.IsType<VaeUnsupportedException>(e);
        Assert.Contains("coded arithmetically", e.Message, StringComparison.Ordinal);
        Assert.Equal(VaeError.Truncated, JpegPictureReader.Failed("Premature end of JPEG file").Error);
        Assert.Equal(VaeError.InvalidField, JpegPictureReader.Failed("Corrupt JPEG data: premature end of data segment").Error);
    }

    [TurboJpegFact]
    public async Task A_height_behind_the_scan_is_not_called_damage()
    {
        byte[] file = await SmallAsync();
        int frame = file.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        file.AsSpan(frame + 5, 2).Clear();
        VaeUnsupportedException e = await Assert.ThrowsAsync<VaeUnsupportedException>(() => Pictures.ReadAsync(file));
        Assert.Contains("(DNL)", e.Message, StringComparison.Ordinal);
    }

    [MagickJpegFact]
    public async Task Progressive_and_CMYK_files_of_ImageMagick()
    {
        string magick = ExternalTool.Magick ?? string.Empty;
        byte[] progressive = ExternalTool.Run(magick, null, "-size", "70x50", "plasma:red-blue", "-interlace", "JPEG", "-sampling-factor", "4:4:4", "jpg:-");
        MemoryRowSink read = await Pictures.ReadAsync(progressive);
        byte[] expected = ExternalTool.Run(magick, progressive, "jpg:-", "-depth", "8", "rgb:-");
        Assert.Equal(expected.Length, read.Pixels.Length);
        Assert.True(expected.Zip(read.Pixels).All(p => Math.Abs(p.First - p.Second) <= 2));
        byte[] cmyk = ExternalTool.Run(magick, null, "-size", "8x8", "xc:red", "-colorspace", "CMYK", "jpg:-");
        await Unsupported(cmyk, "CMYK");
    }

    /// <summary>Nothing that a PNG could not hold.</summary>
    [TurboJpegFact]
    public async Task What_only_bears_the_name_of_EXIF_is_left_out()
    {
        var picture = new PictureDescription(2, 2, PixelLayout.Rgb24) { Metadata = new PictureMetadata { Exif = [.. "junk"u8] } };
        byte[] file = await Pictures.WriteAsync(picture, new byte[12], PictureFormat.Jpeg);
        Assert.True(file.AsSpan().IndexOf("Exif\0\0junk"u8) > 0);
        Assert.Null((await Pictures.ReadAsync(file)).Picture.Metadata.Exif);
    }

    /// <summary>XMP specification part 3, 1.1.3.1: what does not fit into a segment goes on in others, behind a GUID, the full length and an offset.</summary>
    [TurboJpegFact]
    public async Task Extended_XMP_is_told_to_be_missed()
    {
        byte[] plain = await Pictures.WriteAsync(new PictureDescription(2, 2, PixelLayout.Rgb24), new byte[12], PictureFormat.Jpeg);
        byte[] segment = [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[32], 0, 0, 0, 4, 0, 0, 0, 0, .. "<x/>"u8];
        byte[] extended = [.. plain[..2], 0xFF, 0xE1, 0, (byte)(segment.Length + 2), .. segment, .. plain[2..]];
        await using IPictureReader reader = await PictureReader.OpenAsync(new MemoryStream(plain)), other = await PictureReader.OpenAsync(new MemoryStream(extended));
        Assert.False(reader.MissedMetadata);
        Assert.True(other.MissedMetadata);
    }

    [MagickJpegFact]
    public async Task ImageMagick_finds_our_metadata()
    {
        PictureMetadata metadata = RoundTripTests.Metadata(new Random(34), icc: false, exif: true, xmp: false) with
        {
            Xmp = [.. "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"></x:xmpmeta>"u8],
        };
        var picture = new PictureDescription(2, 2, PixelLayout.Rgb24) { Metadata = metadata };
        byte[] ours = await Pictures.WriteAsync(picture, new byte[12], PictureFormat.Jpeg);
        byte[] exif = ExternalTool.Run(ExternalTool.Magick ?? string.Empty, ours, "jpg:-", "exif:-");
        Assert.True(exif.AsSpan().EndsWith(metadata.Exif));
        byte[] xmp = ExternalTool.Run(ExternalTool.Magick ?? string.Empty, ours, "jpg:-", "xmp:-");
        Assert.True(xmp.AsSpan().IndexOf(metadata.Xmp) >= 0);
    }

    /// <summary>libjpeg keeps coefficients of 16 bits until the last scan, also of pictures that are not progressive.</summary>
    [CjpegFact]
    public async Task Scans_of_single_components_are_counted_as_progressive_ones()
    {
        byte[] ppm = await Pictures.WriteAsync(new PictureDescription(64, 64, PixelLayout.Rgb24), Pictures.Pixels(new Random(33), 64, 64, PixelLayout.Rgb24), PictureFormat.Pnm);
        string script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, "0;\n1;\n2;\n");
            byte[] together = ExternalTool.Run(ExternalTool.Cjpeg ?? string.Empty, ppm, "-baseline"), apart = ExternalTool.Run(ExternalTool.Cjpeg ?? string.Empty, ppm, "-baseline", "-scans", script);
            long pixels = 64 * 64 * 3;
            Assert.True(await Pictures.SurvivesAsync(together, new VaeLimits { MaxMemoryBytes = together.Length + pixels }));
            Assert.False(await Pictures.SurvivesAsync(apart, new VaeLimits { MaxMemoryBytes = apart.Length + (3 * pixels) - 1 }));
            Assert.True(await Pictures.SurvivesAsync(apart, new VaeLimits { MaxMemoryBytes = apart.Length + (3 * pixels) }));
        }
        finally
        {
            File.Delete(script);
        }
    }

    /// <summary>Padding before the end: no pixel is wrong, and there is a way to read the picture.</summary>
    [TurboJpegFact]
    public async Task Damage_between_pixels_is_refused_with_a_way_out()
    {
        byte[] file = await SmallAsync();
        await Pictures.RefusedAsync<VaeFormatException>([.. file[..^2], .. new byte[9], .. file[^2..]], VaeError.InvalidField, "extraneous", "jpegtran -copy all");
    }

    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        VaeUnsupportedException e = Assert.Throws<VaeUnsupportedException>(() => TurboJpegLibrary.Load(["no-such-library.so.0"]));
        Assert.Contains("libturbojpeg0", e.Message, StringComparison.Ordinal);
        Assert.True(Marshal.SizeOf<CULong>() >= 4);
    }

    private static byte[] Change(byte[] file, int at, byte value)
    {
        byte[] changed = [.. file];
        changed[at] = value;
        return changed;
    }

    private static Task Unsupported(byte[] file, params string[] words) =>
        Pictures.RefusedAsync<VaeUnsupportedException>(file, VaeError.UnsupportedFeature, words);

    private static Task<byte[]> SmallAsync() => Pictures.WriteAsync(
        new PictureDescription(16, 16, PixelLayout.Rgb24), Pictures.Pixels(new Random(32), 16, 16, PixelLayout.Rgb24), PictureFormat.Jpeg);
}
