namespace VaeCodec.Tool.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("enc")]
    [InlineData("--bogus")]
    [InlineData("encode")]
    [InlineData("encode a --bogus")]
    [InlineData("encode a -q")]
    [InlineData("encode a -q 0")]
    [InlineData("encode a -q 101")]
    [InlineData("encode a -q high")]
    [InlineData("encode a -j -1")]
    [InlineData("encode a --tile-size 100")]
    [InlineData("encode a --tile-size 300")]
    [InlineData("encode a --max-memory lots")]
    [InlineData("encode a --max-pixels 0")]
    [InlineData("encode a b -o c")]
    [InlineData("encode -")]
    [InlineData("encode - out --verify")]
    [InlineData("encode a --lossless -q 50")]
    [InlineData("encode a --lossless --model standard")]
    [InlineData("encode a --lossless --max-error 2")]
    [InlineData("encode a --lossless --alpha-quality 50")]
    [InlineData("encode a --max-error 2 -q 50")]
    [InlineData("encode a --max-error 2 --model standard")]
    [InlineData("encode a --max-error 0")]
    [InlineData("encode a --max-error 32768")]
    [InlineData("encode a --alpha-quality 0")]
    [InlineData("encode a --alpha-quality 101")]
    [InlineData("decode")]
    [InlineData("decode -")]
    [InlineData("decode a -")]
    [InlineData("decode a --format webp")]
    [InlineData("decode a --png-level 10")]
    [InlineData("bundle a b --pictures c --fit 7")]
    [InlineData("info")]
    [InlineData("compare a")]
    [InlineData("compare - -")]
    [InlineData("demo a b")]
    [InlineData("demo -q 0")]
    public async Task UsageErrorsExitWith2(string line)
    {
        using var folder = new TempFolder();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("vaecodec: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("--help", "Exit codes:")]
    [InlineData("encode --help", "vaecodec encode photo.png")]
    [InlineData("encode --help", "--max-error <N>")]
    [InlineData("encode --help --verbose", "--alpha-quality <N>")]
    [InlineData("encode -v --help", "JSON fields: status")]
    [InlineData("encode --help", "More options and details: vaecodec encode --help --verbose")]
    [InlineData("decode --help", "vaecodec decode photo.vae")]
    [InlineData("info --help", "bits_per_pixel")]
    [InlineData("compare --help", "ms_ssim")]
    [InlineData("demo --help", "vaecodec demo photo.png")]
    [InlineData("bench --help", "vaecodec bench photos")]
    [InlineData("models --help", "vaecodec models")]
    [InlineData("encode --bogus --help", "vaecodec encode photo.png")]
    public async Task HelpHasExamples(string line, string expected)
    {
        using var folder = new TempFolder();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, line.Split(' '));
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task HelpLeavesOutWhatFewNeed()
    {
        using var folder = new TempFolder();
        Assert.DoesNotContain("--tile-size", (await ToolProcess.RunAsync(folder.Path, "encode", "--help")).Text, StringComparison.Ordinal);
        Assert.Contains("--tile-size", (await ToolProcess.RunAsync(folder.Path, "encode", "--help", "-v")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnErrorThatTheSamplesCannotHaveIsAUsageError()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--max-error", "128");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--max-error is at most 127 for samples of 8 bits, which a.png has", result.Error, StringComparison.Ordinal);
        Assert.Equal(["a.png"], folder.Names);
    }

    /// <summary>As a script gives them whose variable is not set.</summary>
    [Theory]
    [InlineData("models", "--save", "")]
    [InlineData("demo", "--output-dir", "")]
    [InlineData("recover", "", "r.png")]
    [InlineData("interpolate", "", "b.png", "o.html")]
    [InlineData("bundle", "", "out.vaemodel", "--pictures", "photos")]
    [InlineData("bundle", "", "-", "--pictures", "photos")]
    [InlineData("bench", ".", "--model", "")]
    [InlineData("bench", ".", "--overlay", "vtm", "--overlay-file", "")]
    [InlineData("bundle", "a.safetensors", "", "--pictures", "photos")]
    [InlineData("bundle", "a.safetensors", "out.vaemodel", "--pictures", "")]
    [InlineData("bundle", "a.safetensors", "out.vaemodel", "--pictures", "photos", "--name", "")]
    public async Task EmptyNamesAreUsageErrors(params string[] line)
    {
        using var folder = new TempFolder();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, line);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("empty name", result.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task VersionIsOneLine()
    {
        using var folder = new TempFolder();
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^vaecodec \d+\.\d+\.\d+\s*$", result.Text);
    }
}
