using System.Text.Json;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class CompareTests
{
    [Fact]
    public async Task MeasuresADecodedPicture()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "photo.vae", "back.ppm")).ExitCode);
        ToolResult json = await ToolProcess.RunAsync(folder.Path, "compare", "--json", "photo.png", "back.ppm");
        Assert.True(json.ExitCode == 0, json.Error);
        Assert.Single(json.Text.Trim().Split('\n'));
        using JsonDocument document = JsonDocument.Parse(json.Text);
        JsonElement root = document.RootElement;
        Assert.Equal("photo.png", root.GetProperty("first").GetString());
        Assert.Equal("back.ppm", root.GetProperty("second").GetString());
        Assert.Equal(Samples.Width, root.GetProperty("width").GetInt32());
        Assert.Equal(Samples.Height, root.GetProperty("height").GetInt32());
        Assert.Equal("rgb24", root.GetProperty("layout").GetString());
        Assert.InRange(root.GetProperty("psnr").GetDouble(), 20, 60);
        Assert.InRange(root.GetProperty("psnr_y").GetDouble(), 20, 60);
        Assert.InRange(root.GetProperty("ssim").GetDouble(), 0.5, 1);
        Assert.InRange(root.GetProperty("ms_ssim").GetDouble(), 0.8, 1);
        Assert.InRange(root.GetProperty("max_error").GetInt32(), 1, 255);

        ToolResult text = await ToolProcess.RunAsync(folder.Path, "compare", "photo.png", "back.ppm");
        Assert.Contains(root.GetProperty("psnr").GetDouble().ToString("0.00"), text.Text, StringComparison.Ordinal);
        Assert.Contains("MS-SSIM", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdenticalPicturesHaveNoPsnrInJson()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        await Samples.WriteAsync(folder["a.ppm"], PictureFormat.Pnm);
        ToolResult json = await ToolProcess.RunAsync(folder.Path, File.ReadAllBytes(folder["a.png"]), ["compare", "--json", "-", "a.ppm"]);
        Assert.True(json.ExitCode == 0, json.Error);
        using JsonDocument document = JsonDocument.Parse(json.Text);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("psnr").ValueKind);
        Assert.Equal(1, document.RootElement.GetProperty("ssim").GetDouble());
        Assert.Equal(0, document.RootElement.GetProperty("max_error").GetInt32());
        ToolResult text = await ToolProcess.RunAsync(folder.Path, "compare", "a.png", "a.ppm");
        Assert.Contains("inf dB", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesWhatCannotBeCompared()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        await Samples.WriteAsync(folder["b.png"], width: 100);
        File.WriteAllText(folder["c.png"], "no picture");
        ToolResult sizes = await ToolProcess.RunAsync(folder.Path, "compare", "a.png", "b.png");
        Assert.Equal(1, sizes.ExitCode);
        Assert.Contains("b.png: is 100 x 192", sizes.Error, StringComparison.Ordinal);
        ToolResult damaged = await ToolProcess.RunAsync(folder.Path, "compare", "a.png", "c.png");
        Assert.Equal(3, damaged.ExitCode);
        Assert.Contains("c.png: ", damaged.Error, StringComparison.Ordinal);
        ToolResult memory = await ToolProcess.RunAsync(folder.Path, "compare", "a.png", "a.png", "--max-memory", "400k");
        Assert.Equal(4, memory.ExitCode);
        Assert.Contains("--max-memory", memory.Error, StringComparison.Ordinal);
    }
}
