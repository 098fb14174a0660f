using System.Diagnostics;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class FailureTests
{
    [Theory]
    [InlineData("encode", "missing.png")]
    [InlineData("decode", "missing.vae")]
    [InlineData("info", "missing.vae")]
    [InlineData("demo", "missing.png")]
    public async Task AMissingFileIsAFailure(string command, string file)
    {
        using var folder = new TempFolder();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, command, file);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"vaecodec: {file}: no such file", result.Error.Trim());
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("encode", "photo.png", "photo.vae")]
    [InlineData("decode", "photo.vae", "photo.png")]
    public async Task RefusesToOverwriteWithoutForce(string command, string input, string output)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder[input], "not read, because the output is refused first");
        File.WriteAllText(folder[output], "precious");
        ToolResult result = await ToolProcess.RunAsync(folder.Path, command, input, output);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("use -f", result.Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(folder[output]));
        Assert.Equal(2, folder.Names.Length);
    }

    [Fact]
    public async Task AFolderThatIsNotThere_IsNoFile()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "photo.png", "coded/");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("vaecodec: coded/: that folder does not exist; name a file in one that does", result.Error.Trim());
        Assert.Equal(["photo.png"], folder.Names);
    }

    /// <summary>A log on a full disk.</summary>
    [FullDeviceFact]
    public async Task MessagesThatNobodyTakes_EndNoWork()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.png"]);
        Assert.Equal(0, await ToolProcess.RunUnheardAsync(folder.Path, "encode", "photo.png"));
        Assert.Equal(["photo.png", "photo.vae"], folder.Names);
    }

    [FullDeviceFact]
    public async Task HelpThatCannotBeWritten_IsAFailureLikeAnyOther()
    {
        using var folder = new TempFolder();
        foreach (string option in (string[])["--version", "--help"])
        {
            string[] line = ["-c", $"exec \"$0\" exec \"$@\" > {FullDeviceFactAttribute.DevicePath}", ToolProcess.Host, ToolProcess.AssemblyPath, option];
            using Process process = Process.Start(new ProcessStartInfo("sh", line) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
            ToolResult result = await ToolProcess.CollectAsync(process);
            Assert.Equal(1, result.ExitCode);
            Assert.StartsWith("vaecodec: standard output: ", result.Error, StringComparison.Ordinal);
            Assert.Single(result.Error.Trim().Split('\n'));
        }
    }

    /// <summary>What is read more than once.</summary>
    [UnixFact]
    public async Task PipesWithOtherNames_AreRefusedAsPipes()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.png"]);
        foreach (string option in (string[])["--verify", "--target-bpp=1"])
        {
            string[] line = ["-c", $"cat photo.png | \"$0\" exec \"$@\"", ToolProcess.Host, ToolProcess.AssemblyPath, "encode", "/dev/stdin", "x.vae", option];
            using Process process = Process.Start(new ProcessStartInfo("sh", line) { WorkingDirectory = folder.Path, RedirectStandardError = true })!;
            ToolResult result = await ToolProcess.CollectAsync(process);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("pipe", result.Error, StringComparison.Ordinal);
            Assert.Equal(["photo.png"], folder.Names);
        }
    }

    /// <summary>PNM has room for pixels alone.</summary>
    [Fact]
    public async Task WhatAFormatLeavesOut_IsSaid()
    {
        using var folder = new TempFolder();
        PictureDescription picture = new(8, 8, PixelLayout.Rgb24) { Metadata = new PictureMetadata { Exif = [.. "II*\0\b\0\0\0\0\0\0\0\0\0"u8] } };
        await File.WriteAllBytesAsync(folder["a.vae"], VaeEncoder.Encode(picture, new byte[8 * 8 * 3], new VaeEncoderOptions { Lossless = true }));
        Assert.Contains("EXIF", (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "a.ppm")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("EXIF", (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "a.png")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("EXIF", (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "b.ppm", "--strip", "exif")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesToReplaceItsInput()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "photo.png", "./photo.png", "-f");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the input itself", result.Error, StringComparison.Ordinal);
        Assert.Equal(["photo.png"], folder.Names);
    }

    [Theory]
    [InlineData("encode", "noise.png")]
    [InlineData("decode", "noise.vae")]
    [InlineData("info", "noise.vae")]
    public async Task NoiseIsCorrupt(string command, string file)
    {
        using var folder = new TempFolder();
        byte[] noise = new byte[5000];
        new Random(11).NextBytes(noise);
        File.WriteAllBytes(folder[file], noise);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, command, file);
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith($"vaecodec: {file}: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.Equal([file], folder.Names);
    }

    [Fact]
    public async Task ADamagedOrCutFileIsCorruptAndLeavesNoOutput()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        byte[] whole = File.ReadAllBytes(folder["photo.vae"]);
        byte[] damaged = [.. whole];
        damaged[whole.Length * 2 / 3] ^= 0x10;
        File.WriteAllBytes(folder["damaged.vae"], damaged);
        File.WriteAllBytes(folder["cut.vae"], whole[..(whole.Length * 2 / 3)]);
        File.WriteAllBytes(folder["empty.vae"], []);
        string[] before = folder.Names;
        foreach (string name in (string[])["damaged.vae", "cut.vae", "empty.vae"])
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, "decode", name, "out.png");
            Assert.Equal(3, result.ExitCode);
            Assert.StartsWith($"vaecodec: {name}: ", result.Error, StringComparison.Ordinal);
            Assert.Equal(before, folder.Names);
        }
    }

    /// <summary>A JPEG holds 64 KiB of EXIF. That is said of a file whose pixels are damaged, so they have not been looked at.</summary>
    [Fact]
    public async Task WhatTheOutputCannotHoldIsRefusedBeforeAnythingIsDecoded()
    {
        using var folder = new TempFolder();
        var picture = new PictureDescription(40, 30, PixelLayout.Rgb24) { Metadata = new PictureMetadata { Exif = [.. "MM\0*\0\0\0\b"u8, .. new byte[70_000]] } };
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        new Random(5).NextBytes(pixels);
        await using (FileStream stream = File.Create(folder["a.png"]))
        {
            await RowCopy.CopyAsync(new MemoryRowSource(picture, pixels), PictureWriter.Create(stream, PictureFormat.Png), default);
        }

        ToolResult encode = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--lossless");
        Assert.True(encode.ExitCode == 0, encode.Error);
        byte[] file = File.ReadAllBytes(folder["a.vae"]);
        file[^1000] ^= 1;
        File.WriteAllBytes(folder["a.vae"], file);
        Assert.Contains("Tile ", (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "b.png")).Error, StringComparison.Ordinal);
        ToolResult decode = await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "b.jpg");
        Assert.Equal(3, decode.ExitCode);
        Assert.StartsWith("vaecodec: a.vae: ", decode.Error, StringComparison.Ordinal);
        Assert.Contains("JPEG", decode.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Single(decode.Error.Trim().Split('\n'));
        Assert.Equal(["a.png", "a.vae"], folder.Names);
    }

    [Fact]
    public async Task LimitsExitWith4()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        string[] before = folder.Names;
        string[][] lines =
        [
            ["encode", "photo.png", "out.vae", "--max-pixels", "49151"],
            ["decode", "photo.vae", "out.png", "--max-pixels", "49151"],
            ["encode", "photo.png", "out.vae", "--max-memory", "1k"],
            ["decode", "photo.vae", "out.png", "--max-memory", "1k"],
        ];
        foreach (string[] line in lines)
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, line);
            Assert.True(result.ExitCode == 4, $"{string.Join(' ', line)}: {result.ExitCode} {result.Error}");
            Assert.Equal(before, folder.Names);
        }

        ToolResult enough = await ToolProcess.RunAsync(folder.Path, "encode", "photo.png", "out.vae", "--max-pixels", "49152");
        Assert.Equal(0, enough.ExitCode);
    }

    [Fact]
    public async Task AModelThatIsMissingOrInvalidExitsWith5()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.png"]);
        File.WriteAllBytes(folder["noise.vaemodel"], [1, 2, 3, 4, 5]);
        foreach (string model in (string[])["nonsense", "missing.vaemodel", "noise.vaemodel"])
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "photo.png", "--model", model);
            Assert.True(result.ExitCode == 5, result.Error);
            Assert.Contains("model", result.Error, StringComparison.Ordinal);
            Assert.Equal(["noise.vaemodel", "photo.png"], folder.Names);
        }
    }

    [Fact]
    public async Task StackTracesAppearOnlyOnRequest()
    {
        using var folder = new TempFolder();
        const string Frame = "   at VaeCodec";
        Assert.DoesNotContain(Frame, (await ToolProcess.RunAsync(folder.Path, "info", "x", "-v")).Error, StringComparison.Ordinal);
        Assert.Contains(Frame, (await ToolProcess.RunAsync(folder.Path, "info", "x", "-v", "-v")).Error, StringComparison.Ordinal);
        Assert.Contains(Frame, (await ToolProcess.RunAsync(folder.Path, [], ["info", "x"], ("VAECODEC_TRACE", "1"))).Error, StringComparison.Ordinal);
    }
}
