using System.Text.Json;
using VaeCodec.RateDistortion.Programs;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly BenchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AMissingToolIsNamedAndLeftOut()
    {
        await _folder.AddPictureAsync("a.png", 200, 180);
        (int exitCode, string output, string error) = await BenchProcess.RunAsync(
            _folder["nothing"], _folder.Pictures, "--qualities", "30,70", "--json", _folder["out.json"], "--csv", _folder["out.csv"]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("left out: webp: cwebp or dwebp is not installed", error, StringComparison.Ordinal);
        Assert.Contains("this project's writer", output, StringComparison.Ordinal);
        ResultsDocument document = Read("out.json");
        Assert.Equal(["vae", "vae-e1", "vae-lossless", "png"], document.Codecs.Select(codec => codec.Name));
        Assert.Equal([30, 70], document.Codecs[0].Results.Quality);
        Assert.Equal([false, false, true, true], document.Codecs.Select(codec => codec.Lossless));
        Assert.Null(document.Codecs[2].Results.Psnr.Single());
        Assert.Equal(1 + 6, File.ReadAllLines(_folder["out.csv"]).Length);
    }

    /// <summary>What somebody asked for by name and does not get is no success.</summary>
    [Fact]
    public async Task AMissingToolThatIsAskedForIsRefused()
    {
        await _folder.AddPictureAsync("a.png", 60, 50);
        (int exitCode, _, string error) = await BenchProcess.RunAsync(_folder["nothing"], _folder.Pictures, "--codecs", "png,webp,avif", "--json", _folder["out.json"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("webp: cwebp or dwebp is not installed", error, StringComparison.Ordinal);
        Assert.Contains("avif: avifenc or avifdec is not installed", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.json"]));
    }

    [Fact]
    public void AProgramIsNamedAsInAShell()
    {
        _folder.AddProgram("mine", "exit 0");
        string path = Path.Combine(_folder["bin"], "mine"), relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        Assert.Equal(path, ExternalProgram.Find(path)?.Path);
        Assert.Equal(path, ExternalProgram.Find(relative)?.Path);
        Assert.Null(ExternalProgram.Find(path + "2"));
        Assert.Null(ExternalProgram.Find("mine"));
    }

    [ShellFact]
    public async Task ACrashingToolIsReportedForEachPoint()
    {
        await _folder.AddPictureAsync("a.png", 60, 50);
        _folder.AddProgram("cjpeg", "echo out of cheese >&2; exit 7");
        _folder.AddProgram("djpeg", "exit 0");
        (int exitCode, _, string error) = await BenchProcess.RunAsync(
            _folder["bin"], _folder.Pictures, "--codecs", "jpeg420,png", "--qualities", "jpeg420=50,60", "--json", _folder["out.json"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("failed: a.png, jpeg420 at quality 50: cjpeg ended with exit code 7: out of cheese", error, StringComparison.Ordinal);
        ResultsDocument document = Read("out.json");
        Assert.Equal(2, document.Failures.Count);
        Assert.Single(document.Codecs.Single(codec => codec.Name == "png").Pictures.Single().Points);
    }

    [ShellFact]
    public async Task AToolThatWritesNothingIsAFailure()
    {
        await _folder.AddPictureAsync("a.png", 60, 50);
        _folder.AddProgram("cwebp", "exit 0");
        _folder.AddProgram("dwebp", "exit 0");
        (int exitCode, _, string error) = await BenchProcess.RunAsync(_folder["bin"], _folder.Pictures, "--codecs", "webp", "--qualities", "50");
        Assert.Equal(1, exitCode);
        Assert.Contains("cwebp ended well but wrote no file", error, StringComparison.Ordinal);
    }

    [ToolFact("cjpeg", "libjpeg-turbo-progs")]
    public async Task JpegIsMeasuredAndResumed()
    {
        await _folder.AddPictureAsync("a.png", 240, 200);
        string[] arguments = [_folder.Pictures, "--codecs", "jpeg420,jpeg444", "--qualities", "20,60,90", "--json", _folder["out.json"], "--compressai", _folder["ai"]];
        (int exitCode, string output, string error) = await BenchProcess.RunAsync(null, arguments);
        Assert.True(exitCode == 0, error);
        Assert.Contains("Against jpeg420", output, StringComparison.Ordinal);
        Assert.Contains("6 points measured, 0 taken", error, StringComparison.Ordinal);
        Assert.Equal(["jpeg420.json", "jpeg444.json"], Directory.GetFiles(_folder["ai"]).Select(file => Path.GetFileName(file)).Order());
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder["ai"], "jpeg420.json")));
        foreach (string metric in (string[])["bpp", "psnr", "psnr-rgb", "ms-ssim", "ms-ssim-rgb"])
        {
            Assert.Equal(3, document.RootElement.GetProperty("results").GetProperty(metric).GetArrayLength());
        }

        (exitCode, _, error) = await BenchProcess.RunAsync(null, arguments);
        Assert.True(exitCode == 0, error);
        Assert.Contains("0 points measured, 6 taken", error, StringComparison.Ordinal);
    }

    /// <summary>Their command lines, by the programs themselves.</summary>
    [ToolTheory("cwebp", "webp", "avifenc", "libavif-bin", "cjxl", "libjxl-tools", "optipng", "optipng")]
    [InlineData("webp", true)]
    [InlineData("webp-lossless", false)]
    [InlineData("avif", true)]
    [InlineData("jxl", true)]
    [InlineData("jxl-lossless", false)]
    [InlineData("png", false)]
    public async Task EachProgramDoesWhatItsNameSays(string codec, bool lossy)
    {
        await _folder.AddPictureAsync("a.png", 240, 200);
        (int exitCode, _, string error) = await BenchProcess.RunAsync(null, [_folder.Pictures, "--codecs", codec, "--json", _folder["out.json"], .. lossy ? ["--qualities", "20,90"] : Array.Empty<string>()]);
        Assert.True(exitCode == 0, error);
        CodecResult result = Assert.Single(Read("out.json").Codecs);
        Assert.Equal(lossy ? [20, 90] : [null], result.Results.Quality);
        if (lossy)
        {
            Assert.True(result.Results.BitsPerPixel[1] > 1.5 * result.Results.BitsPerPixel[0] && result.Results.Psnr[1] > result.Results.Psnr[0] + 3, $"{string.Join(", ", result.Results.BitsPerPixel)} bpp, {string.Join(", ", result.Results.Psnr)} dB");
        }
        else
        {
            Assert.Null(result.Results.Psnr.Single());
        }
    }

    [Theory]
    [InlineData("--codecs", "gif", "no codec 'gif'")]
    [InlineData("--qualities", "high", "'high' is not a whole number")]
    [InlineData("--qualities", "bmp=10", "'bmp', which is none")]
    [InlineData("--qualities", "vae-e3=10", "'vae-e3', which is none")]
    [InlineData("--qualities", "vae=0", "is not within 1 to 100")]
    [InlineData("--model", "missing.vaemodel", "missing.vaemodel")]
    [InlineData("--overlay", "vtm", "--overlay-file does not say")]
    [InlineData("--overlay-file", "curves.json", "--overlay does not name")]
    [InlineData("--readme", "missing.md", "missing.md (--readme) cannot be read")]
    [InlineData("--baseline", "png", "no curve of 'png' for --baseline")]
    [InlineData("--crop-bpp", "0.4", "--html does not name one")]
    [InlineData("--crop-bpp", "0", "'0' is not a number above 0 (--crop-bpp)")]
    [InlineData("--crop-bpp", "half", "'half' is not a number above 0 (--crop-bpp)")]
    [InlineData("--bogus", "3", "--bogus")]
    public async Task UsageErrorsExitWith2(string option, string value, string message)
    {
        await _folder.AddPictureAsync("a.png", 60, 50);
        (int exitCode, _, string error) = await BenchProcess.RunAsync(_folder["nothing"], _folder.Pictures, option, value);
        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderWithoutPicturesIsRefused()
    {
        (int exitCode, _, string error) = await BenchProcess.RunAsync(null, _folder.Path);
        Assert.Equal(2, exitCode);
        Assert.Contains("holds no pictures", error, StringComparison.Ordinal);
        (exitCode, _, error) = await BenchProcess.RunAsync(null, _folder["missing"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("there is no such folder", error, StringComparison.Ordinal);
        (exitCode, _, error) = await BenchProcess.RunAsync(null, "--json", _folder["out.json"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("DIR", error, StringComparison.Ordinal);
    }

    private ResultsDocument Read(string name) => JsonSerializer.Deserialize(File.ReadAllBytes(_folder[name]), ResultsJson.Default.ResultsDocument)!;
}
