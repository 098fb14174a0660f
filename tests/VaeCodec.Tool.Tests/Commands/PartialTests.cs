using System.Text.Json;

namespace VaeCodec.Tool.Tests;

public class PartialTests
{
    [Fact]
    public async Task ADamagedFile_GivesAPictureItsOwnExitCodeAndTheLostTiles()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.ppm"], Imaging.PictureFormat.Pnm, 600, 256);
        ToolResult encoded = await ToolProcess.RunAsync(folder.Path, "encode", "photo.ppm", "--tile-size", "256", "-q", "30");
        Assert.True(encoded.ExitCode == 0, encoded.Error);
        byte[] file = File.ReadAllBytes(folder["photo.vae"]);
        File.WriteAllBytes(folder["cut.vae"], file[..(file.Length / 2)]);

        ToolResult refused = await ToolProcess.RunAsync(folder.Path, "decode", "cut.vae", "cut.ppm");
        Assert.Equal(3, refused.ExitCode);
        Assert.False(File.Exists(folder["cut.ppm"]));

        ToolResult partial = await ToolProcess.RunAsync(folder.Path, "decode", "cut.vae", "cut.ppm", "--allow-partial", "--quiet");
        Assert.Equal(6, partial.ExitCode);
        Assert.Contains("tile 2,0 is made up", partial.Error, StringComparison.Ordinal);
        Assert.Contains("of 3 tiles were lost", partial.Error, StringComparison.Ordinal);
        Assert.Equal(600, (await Samples.ReadAsync(folder["cut.ppm"])).Picture.Width);

        ToolResult json = await ToolProcess.RunAsync(folder.Path, "decode", "cut.vae", "cut.ppm", "-f", "--allow-partial", "--json");
        using JsonDocument report = JsonDocument.Parse(json.Output);
        Assert.Equal("Truncated", report.RootElement.GetProperty("error").GetString());
        Assert.Contains("ends", report.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);

        ToolResult sound = await ToolProcess.RunAsync(folder.Path, "decode", "photo.vae", "sound.ppm", "--allow-partial");
        Assert.True(sound.ExitCode == 0, sound.Error);
    }

    [Fact]
    public async Task DamageBehindTheLastTile_HasThatExitCodeToo_AndNothingIsMadeUp()
    {
        using TempFolder folder = await WithACutEndAsync();
        ToolResult partial = await ToolProcess.RunAsync(folder.Path, "decode", "cut.vae", "cut.ppm", "--allow-partial", "--quiet");
        Assert.Equal(6, partial.ExitCode);
        Assert.StartsWith("vaecodec: cut.vae: behind the last tile: ", partial.Error, StringComparison.Ordinal);
        Assert.Single(partial.Error.Trim().Split('\n'));
        await AssertWholeAsync(folder);
    }

    [FullDeviceFact]
    public async Task DamageThatNobodyIsTold_HasThatExitCodeToo()
    {
        using TempFolder folder = await WithACutEndAsync();
        Assert.Equal(6, await ToolProcess.RunUnheardAsync(folder.Path, "decode", "cut.vae", "cut.ppm", "--allow-partial"));
        await AssertWholeAsync(folder);
    }

    /// <summary>A folder with a file and the same without its last byte.</summary>
    private static async Task<TempFolder> WithACutEndAsync()
    {
        TempFolder folder = new();
        await Samples.WriteEncodedAsync(folder);
        File.WriteAllBytes(folder["cut.vae"], File.ReadAllBytes(folder["photo.vae"])[..^1]);
        return folder;
    }

    private static async Task AssertWholeAsync(TempFolder folder)
    {
        ToolResult sound = await ToolProcess.RunAsync(folder.Path, "decode", "photo.vae", "sound.ppm");
        Assert.True(sound.ExitCode == 0, sound.Error);
        Assert.Equal(File.ReadAllBytes(folder["sound.ppm"]), File.ReadAllBytes(folder["cut.ppm"]));
    }
}
