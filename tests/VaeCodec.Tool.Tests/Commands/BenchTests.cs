using System.Text.Json;

namespace VaeCodec.Tool.Tests;

public class BenchTests
{
    [Fact]
    public async Task MeasuresAFolder()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["photos"]);
        await Samples.WriteAsync(Path.Combine(folder["photos"], "photo.png"));
        string[] line = ["bench", "photos", "--codecs", "vae,vae-e1,png", "--qualities", "vae=30", "--json", "out.json", "--svg", "chart.svg"];
        ToolResult result = await ToolProcess.RunAsync(folder.Path, line);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("vae: VaeCodec, model standard, effort 2", result.Text, StringComparison.Ordinal);
        Assert.Contains("3 points measured, 0 taken", result.Error, StringComparison.Ordinal);
        Assert.Equal(["chart.svg", "out.json", "photos"], folder.Names);

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(folder["out.json"]));
        JsonElement[] codecs = [.. document.RootElement.GetProperty("codecs").EnumerateArray()];
        Assert.Equal(["vae", "vae-e1", "png"], codecs.Select(codec => codec.GetProperty("name").GetString()));
        Assert.Equal(["quality Q, effort 2", "quality Q, effort 1"], codecs[..2].Select(codec => codec.GetProperty("settings").GetString()));

        // What weighs bits against error ends up at another size than what only rounds.
        Assert.NotEqual(Bytes(codecs[0]), Bytes(codecs[1]));

        ToolResult again = await ToolProcess.RunAsync(folder.Path, [.. line, "--quiet"]);
        Assert.Equal(0, again.ExitCode);
        Assert.Empty(again.Output);
        ToolResult report = await ToolProcess.RunAsync(folder.Path, "bench", "--report-only", "--json", "out.json");
        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Contains("vae-e1: VaeCodec, model standard, effort 1", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatFails_IsSaid_HoweverQuiet()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["photos"]);
        await Samples.WriteAsync(Path.Combine(folder["photos"], "photo.png"), width: 20, height: 20);
        File.WriteAllText(Path.Combine(folder["photos"], "broken.png"), "no picture");
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "bench", "photos", "--codecs", "png", "--quiet");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("broken.png", Assert.Single(result.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench", "DIR")]
    [InlineData("bench empty", "holds no pictures")]
    [InlineData("bench missing", "there is no such folder")]
    [InlineData("bench --bogus", "unknown option '--bogus'")]
    [InlineData("bench photos --codecs gif", "no codec 'gif'")]
    [InlineData("bench photos --qualities vae=101", "is not within 1 to 100")]
    [InlineData("bench --report-only", "--json")]
    [InlineData("bench --report-only --json none.json", "none.json")]
    [InlineData("bench photos --report-only --json none.json", "'photos'")]
    [InlineData("bench photos --codecs png --model standard", "--model is for")]
    [InlineData("bench photos --codecs png --json r.json --csv ./r.json", "both name './r.json'")]
    [InlineData("bench photos --codecs png --csv photos/photo.png", "is a picture that is there already")]
    public async Task UsageErrorsExitWith2(string line, string message)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["empty"]);
        Directory.CreateDirectory(folder["photos"]);
        await Samples.WriteAsync(Path.Combine(folder["photos"], "photo.png"), width: 20, height: 20);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("vaecodec: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task AMissingModelExitsWith5AndABrokenPictureWith1()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["photos"]);
        File.WriteAllText(Path.Combine(folder["photos"], "broken.png"), "no picture");
        ToolResult model = await ToolProcess.RunAsync(folder.Path, "bench", "photos", "--codecs", "vae", "--model", "none.vaemodel");
        Assert.Equal(5, model.ExitCode);
        Assert.Contains("none.vaemodel", model.Error, StringComparison.Ordinal);
        ToolResult broken = await ToolProcess.RunAsync(folder.Path, "bench", "photos", "--codecs", "png");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("failed: broken.png", broken.Error, StringComparison.Ordinal);
    }

    private static long Bytes(JsonElement codec) => codec.GetProperty("pictures")[0].GetProperty("points")[0].GetProperty("bytes").GetInt64();
}
