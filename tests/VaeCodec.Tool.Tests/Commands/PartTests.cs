using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

/// <summary>decode --crop and --scale.</summary>
public class PartTests
{
    [Fact]
    public async Task APartAndASmallerPicture_AreWhatTheWholePictureHolds()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.ppm"], PictureFormat.Pnm, 900, 600);
        ToolResult encoded = await ToolProcess.RunAsync(folder.Path, "encode", "photo.ppm", "--tile-size", "256", "-q", "30");
        Assert.True(encoded.ExitCode == 0, encoded.Error);
        await RunAsync(folder, "decode", "photo.vae", "whole.ppm");
        ToolResult cropped = await RunAsync(folder, "decode", "photo.vae", "part.ppm", "--crop", "500,300,120,80");
        Assert.Contains("120 x 80", cropped.Error, StringComparison.Ordinal);
        Assert.Contains("a picture of 900 x 600", cropped.Error, StringComparison.Ordinal);
        MemoryRowSink whole = await Samples.ReadAsync(folder["whole.ppm"]), part = await Samples.ReadAsync(folder["part.ppm"]);
        Assert.Equal((120, 80), (part.Picture.Width, part.Picture.Height));
        for (int y = 0; y < 80; y++)
        {
            Assert.True(whole.Pixels.AsSpan((((300 + y) * 900) + 500) * 3, 360).SequenceEqual(part.Pixels.AsSpan(y * 360, 360)));
        }

        await RunAsync(folder, "decode", "photo.vae", "small.png", "--scale", "8");
        MemoryRowSink small = await Samples.ReadAsync(folder["small.png"]);
        Assert.Equal((113, 75), (small.Picture.Width, small.Picture.Height));
        await RunAsync(folder, "decode", "photo.vae", "both.ppm", "--scale", "4", "--crop", "500,300,120,80");
        Assert.Equal((30, 20), ((await Samples.ReadAsync(folder["both.ppm"])).Picture.Width, (await Samples.ReadAsync(folder["both.ppm"])).Picture.Height));
    }

    [Theory]
    [InlineData("--crop", "1,2,3", "not a part of a picture")]
    [InlineData("--crop", "1,2,3,0", "not a part of a picture")]
    [InlineData("--crop", "1,2,-3,4", "not a part of a picture")]
    [InlineData("--crop", "a,2,3,4", "not a part of a picture")]
    [InlineData("--crop", "0,0,65,64", "does not lie within the picture of 64 x 64")]
    [InlineData("--scale", "3", "not a scale")]
    [InlineData("--scale", "-2", "not a scale")]
    public async Task WhatCannotBe_IsAUsageErrorAndWritesNothing(string option, string value, string expected)
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.ppm"], PictureFormat.Pnm, 64, 64);
        await RunAsync(folder, "encode", "photo.ppm", "photo.vae", "--lossless");
        ToolResult refused = await ToolProcess.RunAsync(folder.Path, "decode", "photo.vae", "part.ppm", option, value);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["part.ppm"]));
    }

    private static async Task<ToolResult> RunAsync(TempFolder folder, params string[] arguments)
    {
        ToolResult result = await ToolProcess.RunAsync(folder.Path, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
