using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

/// <summary>A profile that is not for the samples is refused, whichever file brings it.</summary>
public class ColourProfileTests
{
    private static readonly PixelLayout[] s_grey = [PixelLayout.Gray8, PixelLayout.GrayAlpha16, PixelLayout.Gray16, PixelLayout.GrayAlpha32];

    [Fact]
    public async Task Png_takes_profiles_that_fit_and_no_others()
    {
        foreach (PixelLayout layout in Pictures.Layouts)
        {
            bool grey = s_grey.Contains(layout);
            await Fits(layout, PictureFormat.Png, "RGB ", true);
            await Fits(layout, PictureFormat.Png, "GRAY", grey);
            await Fits(layout, PictureFormat.Png, "CMYK", false);
            await Fits(layout, PictureFormat.Png, "Lab ", false);
            await Fits(layout, PictureFormat.Png, "rgb ", false);
        }
    }

    [TurboJpegFact]
    public async Task Jpeg_takes_profiles_that_fit_and_no_others()
    {
        foreach (PixelLayout layout in new[] { PixelLayout.Gray8, PixelLayout.Rgb24 })
        {
            await Fits(layout, PictureFormat.Jpeg, "RGB ", true);
            await Fits(layout, PictureFormat.Jpeg, "GRAY", layout == PixelLayout.Gray8);
            await Fits(layout, PictureFormat.Jpeg, "CMYK", false);
            await Fits(layout, PictureFormat.Jpeg, "Lab ", false);
        }

        await NoProfile(PictureFormat.Jpeg, "JPEG", "segments APP2", "in.jpg +profile icc");
    }

    [Fact]
    public async Task A_palette_is_grey_where_its_colours_are()
    {
        foreach ((byte blue, bool fits) in new[] { ((byte)7, true), ((byte)8, false) })
        {
            byte[] file = new PngBuilder().Header(1, 1, 1, 3)
                .Chunk("iCCP", [.. "x\0\0"u8, .. PngBuilder.Deflate(IccProfiles.Make(new Random(83), space: "GRAY"))])
                .Chunk("PLTE", 7, 7, blue).Pixels([0, 0]).End();
            Assert.Equal(fits, await Pictures.SurvivesAsync(file, VaeLimits.Default));
        }
    }

    [Fact]
    public Task Bytes_that_are_no_profile_are_named() => NoProfile(PictureFormat.Png, "PNG", "chunk iCCP at offset 33", "in.png +profile icc");

    /// <summary>Not only where the profile itself is damaged, but also where what it is packed in is.</summary>
    [Fact]
    public async Task A_profile_that_nobody_wants_is_not_looked_at()
    {
        foreach (byte[] chunk in (byte[][])[[], [.. "x\0\0"u8, 1, 2, 3], [.. "x\0\0"u8, .. PngBuilder.Deflate(new byte[5 << 20])]])
        {
            byte[] file = new PngBuilder().Header(1, 1, 8, 0).Chunk("gAMA", 0, 0, 0xFF, 0).Chunk("iCCP", chunk).Pixels([0, 9]).End();
            Assert.False(await Pictures.SurvivesAsync(file, VaeLimits.Default));
            await using IPictureReader reader = await PictureReader.OpenAsync(new MemoryStream(file), null, ignoreProfile: true, default);
            Assert.Null(reader.Picture.Metadata.IccProfile);
            byte[] pixel = new byte[1];
            await reader.ReadRowsAsync(pixel, 1, default);
            await reader.CompleteAsync(default);
            Assert.Equal(9, pixel[0]);
        }
    }

    [TurboJpegFact]
    public async Task Nor_is_one_whose_parts_are_incomplete()
    {
        var picture = new PictureDescription(2, 2, PixelLayout.Rgb24) { Metadata = new PictureMetadata { IccProfile = IccProfiles.Make(new Random(84), 70_000) } };
        byte[] file = await Pictures.WriteAsync(picture, new byte[12], PictureFormat.Jpeg);
        int second = file.AsSpan().LastIndexOf("ICC_PROFILE\0"u8);
        file[second + 12] = 1;
        Assert.False(await Pictures.SurvivesAsync(file, VaeLimits.Default));
        await using IPictureReader reader = await PictureReader.OpenAsync(new MemoryStream(file), null, ignoreProfile: true, default);
        Assert.Null(reader.Picture.Metadata.IccProfile);
    }

    /// <summary>PNG's grey takes profiles for grey alone (third edition, 11.3.2.3).</summary>
    [Theory]
    [InlineData(PixelLayout.Gray8, PixelLayout.Rgb24)]
    [InlineData(PixelLayout.GrayAlpha16, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Gray16, PixelLayout.Rgb48)]
    [InlineData(PixelLayout.GrayAlpha32, PixelLayout.Rgba64)]
    public async Task Grey_with_a_profile_for_RGB_is_written_as_RGB(PixelLayout grey, PixelLayout colour)
    {
        Random random = new(85);
        int bits = grey.BytesPerSample() == 2 ? 12 : 8, sample = grey.BytesPerSample(), pixel = grey.BytesPerPixel();
        byte[] profile = IccProfiles.Make(random, 200);
        foreach (bool forRgb in (bool[])[true, false])
        {
            var picture = new PictureDescription(5, 3, grey) { BitDepth = bits, Metadata = new PictureMetadata { IccProfile = forRgb ? profile : IccProfiles.Make(random, space: "GRAY") } };
            byte[] pixels = Pictures.Pixels(random, 5, 3, grey);
            for (int i = 1; sample == 2 && i < pixels.Length; i += 2)
            {
                pixels[i] &= 0x0F;
            }

            MemoryRowSink read = await Pictures.ReadAsync(await Pictures.WriteAsync(picture, pixels, PictureFormat.Png));
            Assert.Equal(forRgb ? colour : grey, read.Picture.Layout);
            MemoryRowSink plain = await Pictures.ReadAsync(await Pictures.WriteAsync(picture with { Metadata = PictureMetadata.None }, pixels, PictureFormat.Png));
            byte[] expected = !forRgb ? plain.Pixels : [.. plain.Pixels.Chunk(pixel).SelectMany(p => (byte[])[.. p[..sample], .. p[..sample], .. p])];
            Assert.Equal(expected, read.Pixels);
        }
    }

    private static async Task NoProfile(PictureFormat format, params string[] words)
    {
        byte[] sound = IccProfiles.Make(new Random(81), 200);
        await Refused<VaeFormatException>(format, sound[..127], VaeError.InvalidField, [.. words, "127 bytes", "128", "damaged"]);
        await Refused<VaeFormatException>(format, sound[..1], VaeError.InvalidField, [.. words, "1 bytes"]);
        sound[39] = (byte)'q';
        await Refused<VaeFormatException>(format, sound, VaeError.InvalidField, [.. words, "'acsp'", "36"]);
    }

    private static async Task Fits(PixelLayout layout, PictureFormat format, string space, bool fits)
    {
        byte[] profile = IccProfiles.Make(new Random(82), space: space);
        if (fits)
        {
            Assert.Equal(profile, (await Pictures.ReadAsync(await FileAsync(layout, format, profile))).Picture.Metadata.IccProfile);
            return;
        }

        string kind = s_grey.Contains(layout) ? "is grey" : "is RGB";
        await Refused<VaeUnsupportedException>(format, profile, VaeError.UnsupportedFeature, [$"'{space.TrimEnd()}'", kind, "-profile sRGB.icc", "+profile icc"], layout);
    }

    private static async Task Refused<T>(PictureFormat format, byte[] profile, VaeError error, string[] words, PixelLayout layout = PixelLayout.Rgb24)
        where T : VaeException
    {
        byte[] file = await FileAsync(layout, format, profile);
        await Pictures.RefusedAsync<T>(file, error, [.. words, "--strip icc"]);

        // Who does not want the profile can have the picture.
        await using IPictureReader reader = await PictureReader.OpenAsync(new MemoryStream(file), null, ignoreProfile: true, default);
        Assert.Equal((2, layout, null), (reader.Picture.Width, reader.Picture.Layout, reader.Picture.Metadata.IccProfile));
    }

    private static Task<byte[]> FileAsync(PixelLayout layout, PictureFormat format, byte[] profile)
    {
        var picture = new PictureDescription(2, 2, layout) { Metadata = new PictureMetadata { IccProfile = profile } };
        return Pictures.WriteAsync(picture, new byte[4 * layout.BytesPerPixel()], format);
    }
}
