using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

public class PngRefusalTests
{
    [Fact]
    public async Task What_is_not_read_is_refused_with_advice()
    {
        await Unsupported(PngReadTests.Grey().Chunk("acTL", new byte[8]).Pixels([0, 0]).End(), "animation", "acTL at offset 33", "-frames:v 1");
        await Unsupported(PngReadTests.Grey().Chunk("ABCD").Pixels([0, 0]).End(), "ABCD at offset 33", "critical");
    }

    /// <summary>EXIF and XMP behind the pixels are found where the stream can seek; elsewhere it is told that they were not.</summary>
    [Fact]
    public async Task Metadata_that_come_too_late_are_told()
    {
        byte[] plain = PngReadTests.Grey().Pixels([0, 1]).Chunk("tEXt", [.. "a\0b"u8]).End();
        byte[] exif = PngReadTests.Grey().Pixels([0, 1]).Chunk("eXIf", [.. "II*\0"u8]).End(), xmp = PngReadTests.Grey().Pixels([0, 1]).Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0<x/>"u8]).End();
        Assert.False(await MissedAsync(new PipeLikeStream(plain, 7)));
        Assert.True(await MissedAsync(new PipeLikeStream(exif, 7)));
        Assert.True(await MissedAsync(new PipeLikeStream(xmp, 7)));
        Assert.False(await MissedAsync(new MemoryStream(exif)));
        Assert.False(await MissedAsync(new MemoryStream(xmp)));

        static async Task<bool> MissedAsync(Stream stream)
        {
            await using IPictureReader reader = await PictureReader.OpenAsync(stream);
            await reader.ReadRowsAsync(new byte[1], 1, default);
            await reader.CompleteAsync(default);
            Assert.Equal(stream.CanSeek, reader.Picture.Metadata is not { Exif: null, Xmp: null });
            return reader.MissedMetadata;
        }
    }

    /// <summary>The reading that follows the pixels does not look into them again, so that they, and what stands behind, would be lost without a word.</summary>
    [Fact]
    public async Task Bad_metadata_behind_the_pixels_are_refused_as_before_them()
    {
        byte[] xmp = [.. "XML:com.adobe.xmp\0\0\0\0\0<x/>"u8];
        await Bad(PngReadTests.Grey().Pixels([0, 1]).Chunk("eXIf", [.. "junkjunk"u8]).Chunk("iTXt", xmp).End(), VaeError.InvalidField, "eXIf");
        await Bad(PngReadTests.Grey().Chunk("eXIf", [.. "II*\0"u8]).Pixels([0, 1]).Chunk("eXIf", [.. "II*\0"u8]).Chunk("iTXt", xmp).End(), VaeError.InvalidOrder, "eXIf", "repeated");
    }

    /// <summary>cICP counts more than iCCP (PNG third edition, 4.3), and sRGB by code points leaves no trace that would outrank the profile in a file that is written.</summary>
    [Fact]
    public async Task A_profile_that_code_points_of_sRGB_outrank_is_left_out()
    {
        byte[] profile = [.. "a\0\0"u8, .. PngBuilder.Deflate(IccProfiles.Make(new Random(1), space: "GRAY"))];
        Assert.Null((await Pictures.ReadAsync(PngReadTests.Grey().Chunk("cICP", 1, 13, 0, 1).Chunk("iCCP", profile).Pixels([0, 1]).End())).Picture!.Metadata.IccProfile);
        Assert.NotNull((await Pictures.ReadAsync(PngReadTests.Grey().Chunk("iCCP", profile).Pixels([0, 1]).End())).Picture!.Metadata.IccProfile);
    }

    [Fact]
    public async Task Damage_is_named_with_its_chunk_and_place()
    {
        await Bad(new PngBuilder().Chunk("IDAT").End(), VaeError.InvalidOrder, "IDAT at offset 8", "IHDR");
        await Bad(new PngBuilder().Chunk("IHDR", 1, 2).End(), VaeError.InvalidField, "IHDR at offset 8", "13");
        await Bad(new PngBuilder().Header(0, 1, 8, 0).End(), VaeError.InvalidField, "0 x 1");
        await Bad(new PngBuilder().Header(-1, 1, 8, 0).End(), VaeError.InvalidField, "4294967295");
        await Bad(new PngBuilder().Header(1, 1, 3, 0).End(), VaeError.InvalidField, "bit depth 3");
        await Bad(new PngBuilder().Header(1, 1, 16, 3).End(), VaeError.InvalidField, "bit depth 16 with colour type 3");
        await Bad(new PngBuilder().Header(1, 1, 4, 6).End(), VaeError.InvalidField, "bit depth 4 with colour type 6");
        await Bad(new PngBuilder().Header(1, 1, 8, 0, 2).End(), VaeError.InvalidField, "interlace method 2");
        await Bad(PngReadTests.Grey().End(), VaeError.InvalidOrder, "IEND at offset 33", "no pixels");
        await Bad(PngReadTests.Grey().Header(1, 1, 8, 0).End(), VaeError.InvalidOrder, "IHDR at offset 33", "repeated");
        await Bad(PngReadTests.Grey().Chunk("PLTE", 1, 2, 3).End(), VaeError.InvalidField, "PLTE", "grey");
        await Bad(new PngBuilder().Header(1, 1, 1, 3).Pixels([0, 0]).End(), VaeError.InvalidOrder, "PLTE");
        await Bad(new PngBuilder().Header(1, 1, 1, 3).Chunk("PLTE", 1, 2).End(), VaeError.InvalidField, "2 bytes");
        await Bad(new PngBuilder().Header(1, 1, 1, 3).Chunk("PLTE", new byte[9]).End(), VaeError.InvalidField, "3 entries");
        await Bad(new PngBuilder().Header(1, 1, 2, 3).Chunk("PLTE", new byte[9]).Pixels([0, 0xC0]).End(), VaeError.InvalidField, "index 3", "row 0");
        await Bad(new PngBuilder().Header(1, 1, 1, 3).Chunk("PLTE", 1, 2, 3).Chunk("sRGB", 0).End(), VaeError.InvalidOrder, "sRGB", "PLTE");
        await Bad(PngReadTests.Grey().Chunk("sRGB", 4).End(), VaeError.InvalidField, "sRGB");
        await Bad(PngReadTests.Grey().Chunk("sRGB", 0).Chunk("sRGB", 0).End(), VaeError.InvalidOrder, "repeated");
        await Bad(PngReadTests.Grey().Chunk("cICP", 1, 13, 1, 1).End(), VaeError.InvalidField, "cICP");
        await Bad(PngReadTests.Grey().Chunk("eXIf", 1, 2, 3, 4).End(), VaeError.InvalidField, "eXIf");
        await Bad(PngReadTests.Grey().Chunk("iCCP", 0, 0).End(), VaeError.InvalidField, "iCCP", "name");
        await Bad(PngReadTests.Grey().Chunk("iCCP", [.. "a\0\x01"u8, 1]).End(), VaeError.InvalidField, "method 1");
        await Bad(PngReadTests.Grey().Chunk("iCCP", [.. "a\0\0"u8, 1, 2, 3]).End(), VaeError.InvalidField, "damaged");
        await Bad(PngReadTests.Grey().Chunk("iCCP", [.. "a\0\0"u8, .. PngBuilder.Deflate(new byte[99])[..^2]]).End(), VaeError.Truncated, "iCCP");
        await Bad(PngReadTests.Grey().Chunk("iTXt", "XML:com.adobe.xmp\0\0\0en"u8).End(), VaeError.InvalidField, "iTXt");
    }

    /// <summary>Looking ahead leaps over it, further than a stream in memory goes.</summary>
    [Fact]
    public async Task A_chunk_longer_than_any_file_is_a_file_cut_short()
    {
        byte[] file = PngReadTests.Grey().Pixels([0, 77]).End();
        new byte[] { 0x7F, 0xFF, 0xFF, 0xF0 }.CopyTo(file, 33);
        await Bad(file, VaeError.Truncated, "IDAT at offset 33");
    }

    [Fact]
    public async Task Damage_in_and_behind_the_pixels_is_found()
    {
        byte[] pixels = PngBuilder.Deflate([0, 77]);
        await Bad(PngReadTests.Grey().Pixels([5, 0]).End(), VaeError.InvalidField, "row 0", "filter type 5", "IDAT");
        await Bad(PngReadTests.Grey().Pixels([0]).End(), VaeError.Truncated, "row 0 of 1");
        await Bad(PngReadTests.Grey().Pixels([0, 1, 2]).End(), VaeError.TrailingData, "more pixels");
        await Bad(PngReadTests.Grey().Chunk("IDAT", [.. pixels, 0]).End(), VaeError.TrailingData, "follow the end");
        await Bad(PngReadTests.Grey().Chunk("IDAT", pixels).Chunk("IDAT", 1).End(), VaeError.TrailingData, "follow the end");
        await Bad(PngReadTests.Grey().Chunk("IDAT", pixels[..^1]).End(), VaeError.Truncated, "Adler-32");
        await Bad(PngReadTests.Grey().Chunk("IDAT", pixels[..^4]).End(), VaeError.Truncated, "Adler-32");
        await Bad(PngReadTests.Grey().Chunk("IDAT", [.. pixels[..^1], (byte)(pixels[^1] ^ 1)]).End(), VaeError.InvalidField, "Adler-32");
        await Bad(PngReadTests.Grey().Chunk("IDAT", [0x78, 0xBB, 1, 2, 3, 4]).End(), VaeError.InvalidField, "IDAT");
        await Bad(PngReadTests.Grey().Pixels([0, 1]).Chunk("PLTE", 1, 2, 3).End(), VaeError.InvalidOrder, "after the pixels");
        await Bad(PngReadTests.Grey().Pixels([0, 1]).Chunk("acTL", new byte[8]).End(), VaeError.InvalidOrder, "acTL", "after the pixels");
        await Bad(PngReadTests.Grey().Pixels([0, 1]).Chunk("tIME").Pixels([0]).End(), VaeError.InvalidOrder, "IDAT", "after the pixels");
        await Bad(PngReadTests.Grey().Pixels([0, 1]).Chunk("IEND", 1).Bytes(), VaeError.InvalidField, "IEND");
        byte[] whole = PngReadTests.Grey().Pixels([0, 1]).End();
        await Bad([.. whole, .. whole], VaeError.TrailingData, $"second picture starts at offset {whole.Length}");
        Assert.True(await Pictures.SurvivesAsync([.. whole, .. whole[1..]], VaeLimits.Default));

        // Empty IDAT chunks are allowed anywhere in the row of them.
        byte[] sound = PngReadTests.Grey().Chunk("IDAT").Chunk("IDAT", pixels).Chunk("IDAT").End();
        Assert.Equal([77], (await Pictures.ReadAsync(sound)).Pixels);

        for (int at = 8; at < sound.Length; at++)
        {
            byte[] damaged = [.. sound];
            damaged[at] ^= 0x10;
            Assert.False(await Pictures.SurvivesAsync(damaged, VaeLimits.Default), $"the change at {at} went unnoticed");
        }
    }

    [Fact]
    public async Task Unknown_files_are_told_what_is_read()
    {
        await Bad([], VaeError.BadSignature, "empty", "PNG", "PNM", "JPEG");
        await Bad("GIF89a"u8.ToArray(), VaeError.BadSignature, "474946383961", "PNG", "PNM", "JPEG");
        await Bad([0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0], VaeError.BadSignature, "line ends");
    }

    private static Task Bad(byte[] file, VaeError error, params string[] words) =>
        Pictures.RefusedAsync<VaeFormatException>(file, error, words);

    private static Task Unsupported(byte[] file, params string[] words) =>
        Pictures.RefusedAsync<VaeUnsupportedException>(file, VaeError.UnsupportedFeature, words);
}
