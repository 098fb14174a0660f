using System.Globalization;
using System.Text.Json;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class TargetTests
{
    [Theory]
    [InlineData("--target-size", "6k", 6000)]
    [InlineData("--target-bpp", "1.2", 7372)]
    public async Task Sizes_AreReached(string option, string value, int most)
    {
        using TempFolder folder = new();
        await Samples.WriteAsync(folder["a.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", option, value);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.InRange(new FileInfo(folder["a.vae"]).Length, (long)(0.98 * most), most);
        Assert.Contains("encodes", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APsnr_IsReachedAsCompareMeasuresIt()
    {
        using TempFolder folder = new();
        await Samples.WriteAsync(folder["a.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--target-psnr", "34", "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        double stated = JsonDocument.Parse(result.Text).RootElement.GetProperty("psnr").GetDouble();
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "b.png")).ExitCode);
        ToolResult compare = await ToolProcess.RunAsync(folder.Path, "compare", "a.png", "b.png", "--json");
        Assert.Equal(stated, JsonDocument.Parse(compare.Text).RootElement.GetProperty("psnr").GetDouble(), 0.001);
        Assert.InRange(stated, 34, 34.5);
    }

    [Fact]
    public async Task WhatIsOutOfReach_IsSaid_AndNothingIsWritten()
    {
        using TempFolder folder = new();
        await Samples.WriteAsync(folder["a.png"]);
        ToolResult small = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--target-size", "100");
        Assert.Equal(1, small.ExitCode);
        Assert.Contains("not within reach", small.Error, StringComparison.Ordinal);
        ToolResult near = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--target-psnr", "70");
        Assert.Equal(1, near.ExitCode);
        Assert.Contains("lossless", near.Error, StringComparison.Ordinal);
        byte[] picture = await File.ReadAllBytesAsync(folder["a.png"]);
        ToolResult pipe = await ToolProcess.RunAsync(folder.Path, picture, ["encode", "-", "a.vae", "--target-size", "6k"]);
        Assert.Equal(2, pipe.ExitCode);
        Assert.Equal(["a.png"], folder.Names);
    }
}
