using System.Numerics;
using System.Text.Json;

namespace VaeCodec.Tool.Tests;

public class InfoTests
{
    [Fact]
    public async Task JsonHoldsTheDocumentedFields()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "info", "--json", "photo.vae");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Single(result.Text.Trim().Split('\n'));
        using JsonDocument document = JsonDocument.Parse(result.Text);
        JsonElement root = document.RootElement;
        Assert.Equal("photo.vae", root.GetProperty("file").GetString());
        Assert.StartsWith("1.", root.GetProperty("format_version").GetString(), StringComparison.Ordinal);
        Assert.Equal(Samples.Width, root.GetProperty("width").GetInt32());
        Assert.Equal(Samples.Height, root.GetProperty("height").GetInt32());
        Assert.Equal("rgb24", root.GetProperty("layout").GetString());
        Assert.Equal(3, root.GetProperty("channels").GetInt32());
        Assert.False(root.GetProperty("alpha").GetBoolean());
        Assert.Equal(8, root.GetProperty("bit_depth").GetInt32());
        Assert.False(root.GetProperty("lossless").GetBoolean());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("max_error").ValueKind);
        Assert.Equal(0, root.GetProperty("max_alpha_error").GetInt32());
        Assert.Equal(50, root.GetProperty("quality").GetInt32());
        Assert.Equal(512, root.GetProperty("tile_size").GetInt32());
        Assert.Equal(1, root.GetProperty("tile_columns").GetInt32());
        Assert.Equal(1, root.GetProperty("tile_rows").GetInt32());
        Assert.False(string.IsNullOrEmpty(root.GetProperty("model_name").GetString()));
        Assert.Matches("^[0-9a-f]{64}$", root.GetProperty("model_identity").GetString());
        JsonElement colour = root.GetProperty("colour");
        Assert.Equal(1, colour.GetProperty("primaries").GetInt32());
        Assert.Equal(13, colour.GetProperty("transfer").GetInt32());
        Assert.Equal(0, colour.GetProperty("matrix").GetInt32());
        Assert.True(colour.GetProperty("full_range").GetBoolean());
        Assert.Equal(0, root.GetProperty("icc_bytes").GetInt32());
        Assert.Equal(0, root.GetProperty("exif_bytes").GetInt32());
        Assert.Equal(0, root.GetProperty("xmp_bytes").GetInt32());
        long bytes = new FileInfo(folder["photo.vae"]).Length;
        Assert.Equal(bytes, root.GetProperty("file_bytes").GetInt64());
        Assert.Equal(8.0 * bytes / (Samples.Width * Samples.Height), root.GetProperty("bits_per_pixel").GetDouble(), 5);
    }

    /// <summary>More pixels than are decoded unless it is allowed.</summary>
    [Fact]
    public async Task ShowsFilesOfAnySize()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        byte[] file = File.ReadAllBytes(folder["photo.vae"]);

        // The header's section begins at 12, its payload with the sides at 20; behind it stands its CRC-32C.
        int end = 20 + BitConverter.ToInt32(file, 14);
        BitConverter.TryWriteBytes(file.AsSpan(20), 200_000);
        BitConverter.TryWriteBytes(file.AsSpan(24), 300_000);
        BitConverter.TryWriteBytes(file.AsSpan(end), ~file[12..end].Aggregate(uint.MaxValue, BitOperations.Crc32C));
        File.WriteAllBytes(folder["huge.vae"], file);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "info", "huge.vae");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("200000 x 300000", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadsAPipeWithoutKnowingItsLength()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, File.ReadAllBytes(folder["photo.vae"]), ["info", "-", "--json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument document = JsonDocument.Parse(result.Text);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("file_bytes").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("bits_per_pixel").ValueKind);
    }

    [Fact]
    public async Task OneBadFileDoesNotHideTheOthers()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "info", "photo.png", "photo.vae", "missing.vae");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("256 x 192", result.Text, StringComparison.Ordinal);
        Assert.Contains("photo.png: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("missing.vae: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowsTheCpu()
    {
        using var folder = new TempFolder();
        ToolResult json = await ToolProcess.RunAsync(folder.Path, "info", "--cpu", "--json");
        Assert.Equal(0, json.ExitCode);
        using JsonDocument document = JsonDocument.Parse(json.Text);
        Assert.Contains(document.RootElement.GetProperty("cpu_path").GetString(), (string[])["512", "256", "128", "scalar"]);
        Assert.NotNull(document.RootElement.GetProperty("cpu_description").GetString());
        Assert.True(document.RootElement.GetProperty("processor_count").GetInt32() > 0);
        ToolResult text = await ToolProcess.RunAsync(folder.Path, "info", "--cpu");
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("cpu path", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelsListsNameAndIdentity()
    {
        using var folder = new TempFolder();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "models");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches(@"^standard\s+[0-9a-f]{64}\s", result.Text);
        Assert.Matches(@"\nsmall\s+[0-9a-f]{64}\s+built in, VAE", result.Text);
    }

    [Fact]
    public async Task ABadModelDoesNotHideTheOthers()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["noise.vaemodel"], [1, 2, 3]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "models", "noise.vaemodel");
        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("standard ", result.Text, StringComparison.Ordinal);
        Assert.Contains("noise.vaemodel: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSavedModelIsTheOneThatFilesNeed()
    {
        using var folder = new TempFolder();
        ToolResult saved = await ToolProcess.RunAsync(folder.Path, "models", "--save", "kept.vaemodel");
        Assert.True(saved.ExitCode == 0, saved.Error);
        Assert.Empty(saved.Output);

        ToolResult listed = await ToolProcess.RunAsync(folder.Path, "models", "kept.vaemodel");
        string[] lines = listed.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("kept.vaemodel", lines[2].TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

        Assert.Equal(1, (await ToolProcess.RunAsync(folder.Path, "models", "--save", "kept.vaemodel")).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "models", "--save", "kept.vaemodel", "-f")).ExitCode);
        Assert.Equal(2, (await ToolProcess.RunAsync(folder.Path, "models", "kept.vaemodel", "--save", "other.vaemodel")).ExitCode);
        Assert.False(File.Exists(folder["other.vaemodel"]));
    }
}
