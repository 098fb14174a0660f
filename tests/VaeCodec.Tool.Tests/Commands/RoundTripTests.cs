using System.Globalization;
using System.Text.RegularExpressions;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public partial class RoundTripTests
{
    [Fact]
    public async Task EncodesVerifiesAndDecodes()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["in.png"]);
        ToolResult encode = await ToolProcess.RunAsync(folder.Path, "encode", "in.png", "out.vae", "-q", "75", "-f", "--verify");
        Assert.True(encode.ExitCode == 0, encode.Error);
        Match psnr = PsnrLine().Match(encode.Text);
        Assert.True(psnr.Success, encode.Text);
        double printed = double.Parse(psnr.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(printed, 10, 100);

        ToolResult decode = await ToolProcess.RunAsync(folder.Path, "decode", "out.vae", "out.png", "-f");
        Assert.True(decode.ExitCode == 0, decode.Error);
        MemoryRowSink expected = await Samples.ReadAsync(folder["in.png"]);
        MemoryRowSink actual = await Samples.ReadAsync(folder["out.png"]);
        double measured = await ComparingSink.CompareAsync(
            new MemoryRowSource(expected.Picture, expected.Pixels), new MemoryRowSource(actual.Picture, actual.Pixels), default);
        Assert.Equal(printed, measured, 0.006);
        Assert.Equal(["in.png", "out.png", "out.vae"], folder.Names);
    }

    [Fact]
    public async Task Lossless_GivesThePictureBack_AndSaysSo()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["in.png"]);
        ToolResult encode = await ToolProcess.RunAsync(folder.Path, "encode", "in.png", "out.vae", "--lossless", "-v");
        Assert.True(encode.ExitCode == 0, encode.Error);
        Assert.Contains("lossless", encode.Error, StringComparison.Ordinal);
        ToolResult decode = await ToolProcess.RunAsync(folder.Path, "decode", "out.vae", "out.png", "-v");
        Assert.True(decode.ExitCode == 0, decode.Error);
        Assert.Contains("model none", decode.Error, StringComparison.Ordinal);
        Assert.Equal((await Samples.ReadAsync(folder["in.png"])).Pixels, (await Samples.ReadAsync(folder["out.png"])).Pixels);
        Assert.Contains("lossless", (await ToolProcess.RunAsync(folder.Path, "info", "out.vae")).Text, StringComparison.Ordinal);
        Assert.Contains("\"lossless\":true", (await ToolProcess.RunAsync(folder.Path, "info", "out.vae", "--json")).Text, StringComparison.Ordinal);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "verify", "out.vae")).ExitCode);
    }

    [Fact]
    public async Task NamesItsOutputsItself()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.png")).ExitCode);
        File.Delete(folder["a.png"]);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae")).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "-o", "b.ppm")).ExitCode);
        Assert.Equal(["a.png", "a.vae", "b.ppm"], folder.Names);
        Assert.Equal((await Samples.ReadAsync(folder["a.png"])).Pixels, (await Samples.ReadAsync(folder["b.ppm"])).Pixels);
    }

    [Fact]
    public async Task PipesGiveTheSameBytesAsFiles()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        byte[] png = File.ReadAllBytes(folder["photo.png"]);
        byte[] vae = File.ReadAllBytes(folder["photo.vae"]);

        ToolResult encode = await ToolProcess.RunAsync(folder.Path, png, ["encode", "-", "-"]);
        Assert.True(encode.ExitCode == 0, encode.Error);
        Assert.Equal(vae, encode.Output);

        ToolResult decode = await ToolProcess.RunAsync(folder.Path, vae, ["decode", "-", "-", "--format", "pnm"]);
        Assert.True(decode.ExitCode == 0, decode.Error);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "photo.vae", "file.ppm")).ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["file.ppm"]), decode.Output);
    }

    [Fact]
    public async Task ThreadsDoNotChangeTheResult()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"], PictureFormat.Png, 700, 300);
        string[] outputs = ["1.vae", "2.vae", "1.ppm", "2.ppm"];
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "1.vae", "-j", "1", "--tile-size", "256")).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "2.vae", "-j", "2", "--tile-size", "256")).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "1.vae", "1.ppm", "-j", "1")).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "1.vae", "2.ppm", "-j", "2")).ExitCode);
        byte[][] bytes = [.. outputs.Select(name => File.ReadAllBytes(folder[name]))];
        Assert.Equal(bytes[0], bytes[1]);
        Assert.Equal(bytes[2], bytes[3]);
    }

    [Fact]
    public async Task QuietPrintsNothing()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        foreach (string line in (string[])["encode a.png --quiet --verify -v", "decode a.vae b.png --quiet", "demo a.png --quiet"])
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, line.Split(' '));
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Empty(result.Output);
            Assert.Empty(result.Error);
        }
    }

    [Fact]
    public async Task VerboseSaysHowItWent()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "-v");
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Output);
        foreach (string word in (string[])["256 x 192", "bits per pixel", "MP/s", "model", "cpu path"])
        {
            Assert.Contains(word, result.Error, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"PSNR (\d+\.\d+) dB")]
    private static partial Regex PsnrLine();
}
