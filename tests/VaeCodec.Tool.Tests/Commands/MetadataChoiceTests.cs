using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class MetadataChoiceTests
{
    private static readonly PictureMetadata s_all = new() { IccProfile = TestProfile(), Exif = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0], Xmp = [.. "<x:xmpmeta/>"u8] };

    [Theory]
    [InlineData("", true, true, true)]
    [InlineData("--strip all", false, false, false)]
    [InlineData("--strip exif", true, false, true)]
    [InlineData("--strip icc,XMP", false, true, false)]
    [InlineData("--keep icc", true, false, false)]
    [InlineData("--keep exif,xmp", false, true, true)]
    [InlineData("--keep all", true, true, true)]
    public async Task WhatIsAskedFor_TravelsAlong(string options, bool icc, bool exif, bool xmp)
    {
        using TempFolder folder = new();
        await WriteAsync(folder["a.png"], s_all);
        string[] words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ToolResult encode = await ToolProcess.RunAsync(folder.Path, ["encode", "a.png", "coded.vae", .. words]);
        Assert.True(encode.ExitCode == 0, encode.Error);
        await using (FileStream file = File.OpenRead(folder["coded.vae"]))
        {
            Check((await VaeImageInfo.ReadAsync(file)).Picture.Metadata, icc, exif, xmp);
        }

        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "whole.vae")).ExitCode);
        ToolResult decode = await ToolProcess.RunAsync(folder.Path, ["decode", "whole.vae", "back.png", .. words]);
        Assert.True(decode.ExitCode == 0, decode.Error);
        Check((await Samples.ReadAsync(folder["back.png"])).Picture.Metadata, icc, exif, xmp);
    }

    /// <summary>A profile for samples of another kind is refused, unless nobody wants it.</summary>
    [Fact]
    public async Task AProfileThatIsLeftOut_IsNotRefused()
    {
        using TempFolder folder = new();
        byte[] profile = TestProfile();
        "GRAY"u8.CopyTo(profile.AsSpan(16));
        await WriteAsync(folder["a.png"], s_all with { IccProfile = profile });
        ToolResult refused = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "a.vae");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("--strip icc", refused.Error, StringComparison.Ordinal);
        foreach (string[] arguments in (string[][])[["encode", "a.png", "a.vae", "--strip", "icc", "--verify"], ["encode", "a.png", "b.vae", "--strip", "all", "--target-psnr", "30"], ["compare", "a.png", "a.png"]])
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, arguments);
            Assert.True(result.ExitCode == 0, result.Error);
        }

        await using FileStream file = File.OpenRead(folder["a.vae"]);
        Check((await VaeImageInfo.ReadAsync(file)).Picture.Metadata, false, true, true);
    }

    /// <summary>Without them its colours are others, and only PNG has a place for them.</summary>
    [Fact]
    public async Task CodePointsThatTheFormatDoesNotHold_AreMentioned()
    {
        using TempFolder folder = new();
        await WriteAsync(folder["wide.png"], PictureMetadata.None, new ColourCodePoints(9, 16, 0, true));
        await WriteAsync(folder["usual.png"], PictureMetadata.None, ColourCodePoints.Srgb);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "-r", ".")).ExitCode);
        ToolResult lost = await ToolProcess.RunAsync(folder.Path, "decode", "wide.vae", "wide.ppm");
        Assert.Contains("wide.ppm: the format does not hold the picture's code points (9/16", lost.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("code points", (await ToolProcess.RunAsync(folder.Path, "decode", "usual.vae", "usual.ppm")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("code points", (await ToolProcess.RunAsync(folder.Path, "decode", "wide.vae", "back.png")).Error, StringComparison.Ordinal);
    }

    private static void Check(PictureMetadata metadata, bool icc, bool exif, bool xmp)
    {
        Assert.Equal(icc ? s_all.IccProfile : null, metadata.IccProfile);
        Assert.Equal(exif ? s_all.Exif : null, metadata.Exif);
        Assert.Equal(xmp ? s_all.Xmp : null, metadata.Xmp);
    }

    private static Task WriteAsync(string path, PictureMetadata metadata) => WriteAsync(path, metadata, ColourCodePoints.Srgb);

    private static async Task WriteAsync(string path, PictureMetadata metadata, ColourCodePoints colour)
    {
        await using FileStream stream = File.Create(path);
        MemoryRowSource source = new(new PictureDescription(16, 16, PixelLayout.Rgb24) { Metadata = metadata, Colour = colour }, new byte[16 * 16 * 3]);
        await RowCopy.CopyAsync(source, PictureWriter.Create(stream, PictureFormat.Png), default);
    }

    /// <summary>The least that counts as a profile for RGB pictures: a head of 128 bytes with length, colour space and signature, and an empty table.</summary>
    internal static byte[] TestProfile()
    {
        byte[] profile = new byte[132];
        profile[3] = 132;
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }
}
