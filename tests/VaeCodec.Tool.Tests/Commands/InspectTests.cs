using System.Text.Json;
using System.Text.RegularExpressions;

namespace VaeCodec.Tool.Tests;

public partial class InspectTests
{
    [Fact]
    public async Task ThePageHasAllOfIt_AndNeedsNothingElse()
    {
        using TempFolder folder = new();
        await Samples.WriteEncodedAsync(folder);
        File.Move(folder["photo.vae"], folder["a & b.vae"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "inspect", "a & b.vae", "--html", "page.html");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("latents, first pass", result.Text, StringComparison.Ordinal);
        string page = File.ReadAllText(folder["page.html"]);
        foreach (string title in (string[])["Where the bits go", "What the hyper-latents expect", "What takes the bytes", "What each part is for", "Sparsity and channels", "Tiles"])
        {
            Assert.Contains($"<h2>{title}</h2>", page, StringComparison.Ordinal);
        }

        Assert.Contains("a &amp; b.vae", page, StringComparison.Ordinal);
        string[] sources = [.. Source().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.True(sources.Length >= 24 + 6, $"{sources.Length} pictures");
        Assert.All(sources, source => Assert.StartsWith("data:image/png;base64,", source, StringComparison.Ordinal));
        foreach (string source in sources)
        {
            MemoryRowSink picture = await Samples.ReadAsync(new MemoryStream(Convert.FromBase64String(source["data:image/png;base64,".Length..])));
            Assert.True(picture.Picture.Width > 0);
        }

        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        ToolResult again = await ToolProcess.RunAsync(folder.Path, "inspect", "a & b.vae", "--html", "page.html");
        Assert.Equal(1, again.ExitCode);
    }

    /// <summary>PNG would refuse them; a page shows the samples.</summary>
    [Fact]
    public async Task SamplesThatAreNotRedGreenAndBlue_AreShown()
    {
        using TempFolder folder = new();
        PictureDescription picture = new(40, 30, PixelLayout.Rgb24) { Colour = new ColourCodePoints(1, 13, 1, true) };
        await using (FileStream file = File.Create(folder["matrix.vae"]))
        {
            await VaeEncoder.EncodeAsync(new MemoryRowSource(picture, new byte[40 * 30 * 3]), file);
        }

        ToolResult result = await ToolProcess.RunAsync(folder.Path, "inspect", "matrix.vae", "--html", "page.html");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("data:image/png;base64,", File.ReadAllText(folder["page.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonSumsToTheFile()
    {
        using TempFolder folder = new();
        await Samples.WriteEncodedAsync(folder);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "inspect", "photo.vae", "--json");
        JsonElement root = JsonDocument.Parse(result.Text).RootElement;
        long bytes = new FileInfo(folder["photo.vae"]).Length;
        Assert.Equal(bytes, root.GetProperty("file_bytes").GetInt64());
        Assert.Equal(8.0 * bytes, root.GetProperty("bits").EnumerateObject().Sum(part => part.Value.GetDouble()), 1.0);
        Assert.Equal(bytes, root.GetProperty("sections").EnumerateArray().Sum(section => section.GetProperty("bytes").GetInt64()));
        Assert.Equal(320, root.GetProperty("channel_bits").GetArrayLength());
    }

    [Fact]
    public async Task LosslessFilesHaveAPageToo_AndPipesNone()
    {
        using TempFolder folder = new();
        await Samples.WriteAsync(folder["photo.png"]);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "photo.png", "--lossless")).ExitCode);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "inspect", "photo.vae", "--html", "page.html");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.DoesNotContain("hyper-latents", File.ReadAllText(folder["page.html"]), StringComparison.Ordinal);
        Assert.Equal(2, (await ToolProcess.RunAsync(folder.Path, "inspect", "-")).ExitCode);
        ToolResult page = await ToolProcess.RunAsync(folder.Path, "inspect", "photo.vae", "--html", "-");
        Assert.Equal(File.ReadAllBytes(folder["page.html"]), page.Output);
        Assert.Equal(2, (await ToolProcess.RunAsync(folder.Path, "inspect", "photo.vae", "--html", "-", "--json")).ExitCode);
    }

    [GeneratedRegex("src=\"([^\"]*)\"")]
    private static partial Regex Source();
}
