using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Tool.Tests;

public class DemoTests
{
    [Fact]
    public async Task GivesARowForEachQualityAndKeepsTheFiles()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "demo", "a.png", "-q", "25", "-q", "75", "--output-dir", "out");
        Assert.True(result.ExitCode == 0, result.Error);
        string[] rows = result.Text.Trim().Split('\n');
        Assert.Contains("256 x 192", rows[0], StringComparison.Ordinal);
        Assert.Matches(@"^\s+25\s+\d+\s+\d+\.\d{3}\s+\d+\.\d\d\s+\d+\.\d\d\s+\d+\.\d\d\s*$", rows[2]);
        Assert.Matches(@"^\s+75\s+\d+\s+\d+\.\d{3}\s+\d+\.\d\d\s+\d+\.\d\d\s+\d+\.\d\d\s*$", rows[3]);
        Assert.Contains(folder["out"], rows[4], StringComparison.Ordinal);
        string[] kept = [.. Directory.GetFiles(folder["out"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["a.q25.png", "a.q25.vae", "a.q75.png", "a.q75.vae"], kept);
    }

    [Fact]
    public async Task KeptFilesAreNotOverwrittenWithoutForce()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        string[] line = ["demo", "a.png", "--output-dir", "out"];
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, line)).ExitCode);
        Assert.Equal(1, (await ToolProcess.RunAsync(folder.Path, line)).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, [.. line, "-f"])).ExitCode);
    }

    /// <summary>As many programs write them; such a PNG is written as colour, so that readers keep the profile.</summary>
    [TurboJpegFact]
    public async Task AGreyPictureWithAProfileForColour_IsComparedAsGrey()
    {
        using var folder = new TempFolder();
        byte[] profile = MetadataChoiceTests.TestProfile();
        PictureDescription picture = new(64, 48, PixelLayout.Gray8) { Metadata = new PictureMetadata { IccProfile = profile } };
        File.WriteAllBytes(folder["grey.vae"], VaeEncoder.Encode(picture, new byte[64 * 48], new VaeEncoderOptions { Lossless = true }));
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "grey.vae", "grey.jpg")).ExitCode);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "demo", "grey.jpg");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("64 x 48", result.Text, StringComparison.Ordinal);

        // Those of colour pictures stay.
        picture = new(64, 48, PixelLayout.Rgb24) { Metadata = picture.Metadata };
        File.WriteAllBytes(folder["colour.vae"], VaeEncoder.Encode(picture, new byte[64 * 48 * 3], new VaeEncoderOptions { Lossless = true }));
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "colour.vae", "colour.png")).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "demo", "colour.png", "--output-dir", "kept")).ExitCode);
        Assert.Equal(profile, (await Samples.ReadAsync(folder["kept/colour.q50.png"])).Picture.Metadata.IccProfile);
    }

    [Fact]
    public async Task NeedsNothingAndLeavesNothing()
    {
        using var folder = new TempFolder();

        // The runtime's own files for debuggers would stand there while the tool runs.
        ToolResult result = await ToolProcess.RunAsync(folder.Path, [], ["demo"], ("TMPDIR", folder.Path), ("TMP", folder.Path), ("DOTNET_EnableDiagnostics", "0"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("768 x 512", result.Text, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }
}
