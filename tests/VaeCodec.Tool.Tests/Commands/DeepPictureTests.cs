using System.Text.Json;

namespace VaeCodec.Tool.Tests;

/// <summary>Pictures with alpha or more than 8 bits a sample, and near-lossless files, from file to file.</summary>
public class DeepPictureTests
{
    [Theory]
    [InlineData(1, 65535)]
    [InlineData(3, 65535)]
    [InlineData(1, 1023)]
    [InlineData(3, 4095)]
    [InlineData(2, 255)]
    [InlineData(4, 255)]
    [InlineData(2, 511)]
    [InlineData(4, 65535)]
    public async Task LosslessFilesGiveEverySampleBack(int channels, int maxValue)
    {
        using var folder = new TempFolder();
        PnmSample picture = PnmSample.Make(channels, maxValue);
        PnmSample decoded = await RoundTripAsync(folder, picture, "--lossless");
        Assert.Equal(picture.Samples, decoded.Samples);
        Assert.Contains("model none", (await ToolProcess.RunAsync(folder.Path, "decode", "x.vae", "again.pnm", "-v")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "verify", "x.vae")).ExitCode);
    }

    [Fact]
    public async Task LosslessFilesBecomePng()
    {
        using var folder = new TempFolder();
        PnmSample picture = PnmSample.Make(4, 65535);
        await RoundTripAsync(folder, picture, "--lossless");
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "x.vae", "x.png")).ExitCode);
        JsonElement json = await JsonAsync(folder, "compare", "in.pam", "x.png", "--json");
        Assert.Equal("rgba64", json.GetProperty("layout").GetString());
        Assert.Equal(0, json.GetProperty("max_error").GetInt32());
        Assert.Equal(0, json.GetProperty("max_alpha_error").GetInt32());
    }

    [Theory]
    [InlineData(1, 255, 3)]
    [InlineData(3, 255, 3)]
    [InlineData(3, 1023, 1)]
    [InlineData(3, 65535, 300)]
    [InlineData(4, 255, 2)]
    public async Task NearLosslessFilesKeepTheBound(int channels, int maxValue, int maxError)
    {
        using var folder = new TempFolder();
        PnmSample picture = PnmSample.Make(channels, maxValue);
        await RoundTripAsync(folder, picture, "--lossless");
        long exact = new FileInfo(folder["x.vae"]).Length;
        PnmSample decoded = await RoundTripAsync(folder, picture, "--max-error", $"{maxError}");
        Assert.InRange(picture.ColourError(decoded), 1, maxError);
        Assert.True(new FileInfo(folder["x.vae"]).Length < exact);
        if (picture.HasAlpha)
        {
            Assert.Equal(picture.Alpha(), decoded.Alpha());
        }

        string text = (await ToolProcess.RunAsync(folder.Path, "info", "x.vae")).Text;
        Assert.Contains($"near-lossless, error at most {maxError}", text, StringComparison.Ordinal);
        Assert.Matches(@"model\s+none", text);
        JsonElement json = await JsonAsync(folder, "info", "x.vae", "--json");
        Assert.False(json.GetProperty("lossless").GetBoolean());
        Assert.Equal(maxError, json.GetProperty("max_error").GetInt32());
        Assert.Equal(0, json.GetProperty("max_alpha_error").GetInt32());
    }

    [Fact]
    public async Task NearLosslessEncodesSaySo()
    {
        using var folder = new TempFolder();
        PnmSample.Make(3, 255).Write(folder["in.ppm"]);
        ToolResult encode = await ToolProcess.RunAsync(folder.Path, "encode", "in.ppm", "--max-error", "2", "--verify", "-v");
        Assert.True(encode.ExitCode == 0, encode.Error);
        Assert.Contains("near-lossless, error at most 2, 1 tiles of 1024 px", encode.Error, StringComparison.Ordinal);
        Assert.Contains("model none", encode.Error, StringComparison.Ordinal);
        Assert.Matches(@"verified, PSNR [4-9]\d\.\d\d dB", encode.Text);
        Assert.Contains("model none", (await ToolProcess.RunAsync(folder.Path, "decode", "in.vae", "-v")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 255)]
    [InlineData(4, 255)]
    [InlineData(4, 4095)]
    [InlineData(4, 65535)]
    public async Task NetworksKeepAlphaExactly(int channels, int maxValue)
    {
        using var folder = new TempFolder();
        PnmSample picture = PnmSample.Make(channels, maxValue);
        PnmSample decoded = await RoundTripAsync(folder, picture, "-q", "70");
        Assert.Equal(picture.Alpha(), decoded.Alpha());
        JsonElement json = await JsonAsync(folder, "compare", "in.pam", "back.pnm", "--json");
        Assert.InRange(json.GetProperty("psnr").GetDouble(), 28, 80);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("alpha_psnr").ValueKind);
        Assert.Equal(0, json.GetProperty("max_alpha_error").GetInt32());
    }

    [Theory]
    [InlineData(1, 65535)]
    [InlineData(3, 1023)]
    public async Task NetworksTakeDeepSamples(int channels, int maxValue)
    {
        using var folder = new TempFolder();
        PnmSample picture = PnmSample.Make(channels, maxValue);
        await RoundTripAsync(folder, picture, "-q", "70");
        JsonElement json = await JsonAsync(folder, "compare", channels == 1 ? "in.pgm" : "in.ppm", "back.pnm", "--json");
        Assert.InRange(json.GetProperty("psnr").GetDouble(), 28, 80);
        Assert.Equal(maxValue, (1 << json.GetProperty("bit_depth").GetInt32()) - 1);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(65535)]
    public async Task AlphaQualityBoundsTheErrorOfAlpha(int maxValue)
    {
        using var folder = new TempFolder();
        PnmSample picture = PnmSample.Make(4, maxValue);
        PnmSample decoded = await RoundTripAsync(folder, picture, "--alpha-quality", "50");
        int[] expected = picture.Alpha(), actual = decoded.Alpha();
        int bound = 16 * maxValue / 255, largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // What is transparent or opaque stays so, and nothing else becomes it unless the bound allows.
            Assert.True(expected[i] != 0 || actual[i] == 0, $"{actual[i]} at {i}, which was transparent");
            Assert.True(expected[i] != maxValue || actual[i] == maxValue, $"{actual[i]} at {i}, which was opaque");
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        }

        Assert.InRange(largest, 1, bound);
        JsonElement json = await JsonAsync(folder, "info", "x.vae", "--json");
        Assert.InRange(json.GetProperty("max_alpha_error").GetInt32(), largest, bound);
        Assert.Matches(@"alpha\s+error at most \d+", (await ToolProcess.RunAsync(folder.Path, "info", "x.vae")).Text);
    }

    [Fact]
    public async Task InfoStatesLayoutAndDepth()
    {
        using var folder = new TempFolder();
        await RoundTripAsync(folder, PnmSample.Make(4, 65535), "--lossless");
        JsonElement json = await JsonAsync(folder, "info", "x.vae", "--json");
        Assert.Equal("rgba64", json.GetProperty("layout").GetString());
        Assert.Equal(4, json.GetProperty("channels").GetInt32());
        Assert.True(json.GetProperty("alpha").GetBoolean());
        Assert.Equal(16, json.GetProperty("bit_depth").GetInt32());
        Assert.True(json.GetProperty("lossless").GetBoolean());
        Assert.Equal(0, json.GetProperty("max_error").GetInt32());
        string text = (await ToolProcess.RunAsync(folder.Path, "info", "x.vae")).Text;
        Assert.Contains("90 x 70, RGB and alpha, 16 bits a channel", text, StringComparison.Ordinal);
        Assert.Matches(@"alpha\s+exact", text);
    }

    [Fact]
    public async Task VerifyPrintsAlphaToo()
    {
        using var folder = new TempFolder();
        PnmSample.Make(4, 65535).Write(folder["in.pam"]);
        ToolResult encode = await ToolProcess.RunAsync(folder.Path, "encode", "in.pam", "--lossless", "--verify");
        Assert.True(encode.ExitCode == 0, encode.Error);
        Assert.Contains("verified, PSNR inf dB, alpha inf dB", encode.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 255, "JPEG has no transparency")]
    [InlineData(1, 65535, "JPEG holds 8 bits a sample")]
    public async Task JpegIsRefusedBeforeAnythingIsDecoded(int channels, int maxValue, string why)
    {
        using var folder = new TempFolder();
        await RoundTripAsync(folder, PnmSample.Make(channels, maxValue), "--lossless");
        byte[] file = File.ReadAllBytes(folder["x.vae"]);

        // Damage to the pixels is not what is reported, for they are not looked at.
        file[file.Length / 2] ^= 1;
        File.WriteAllBytes(folder["x.vae"], file);
        string[] before = folder.Names;
        ToolResult decode = await ToolProcess.RunAsync(folder.Path, "decode", "x.vae", "out.jpg");
        Assert.Equal(3, decode.ExitCode);
        Assert.StartsWith($"vaecodec: x.vae: {why}", decode.Error, StringComparison.Ordinal);
        Assert.Single(decode.Error.Trim().Split('\n'));
        Assert.Equal(before, folder.Names);
    }

    [Fact]
    public async Task ComparesDeepPicturesWithAlpha()
    {
        using var folder = new TempFolder();
        PnmSample picture = PnmSample.Make(4, 65535);
        int[] samples = [.. picture.Samples];
        int last = samples.Length - 4;
        samples[last] -= 700;
        samples[last + 3] -= 90;
        picture.Write(folder["a.pam"]);
        (picture with { Samples = samples }).Write(folder["b.pam"]);
        JsonElement json = await JsonAsync(folder, "compare", "a.pam", "b.pam", "--json");
        Assert.Equal("rgba64", json.GetProperty("layout").GetString());
        Assert.Equal(700, json.GetProperty("max_error").GetInt32());
        Assert.Equal(90, json.GetProperty("max_alpha_error").GetInt32());
        double visible = 3.0 * picture.Alpha().Count(alpha => alpha > 0);
        Assert.Equal(10 * Math.Log10(65535.0 * 65535 * visible / (700 * 700)), json.GetProperty("psnr").GetDouble(), 5);
        Assert.Contains("max error 90", (await ToolProcess.RunAsync(folder.Path, "compare", "a.pam", "b.pam")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PicturesOfDifferentKindsAreNotCompared()
    {
        using var folder = new TempFolder();
        PnmSample.Make(3, 255).Write(folder["a.ppm"]);
        PnmSample.Make(3, 65535).Write(folder["deep.ppm"]);
        PnmSample.Make(3, 1023).Write(folder["ten.ppm"]);
        PnmSample.Make(4, 255).Write(folder["alpha.pam"]);
        (string First, string Second, string Message)[] cases =
        [
            ("a.ppm", "deep.ppm", "deep.ppm: is 90 x 70 (RGB, 16 bits a channel), and the first picture 90 x 70 (RGB, 8 bits a channel)"),
            ("deep.ppm", "ten.ppm", "ten.ppm: is 90 x 70 (RGB, 10 bits a channel)"),
            ("a.ppm", "alpha.pam", "alpha.pam: is 90 x 70 (RGB and alpha, 8 bits a channel)"),
        ];
        foreach ((string first, string second, string message) in cases)
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, "compare", first, second);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4, 255, ".png")]
    [InlineData(3, 65535, ".png")]
    [InlineData(1, 1023, ".pnm")]
    public async Task DemoTakesThem(int channels, int maxValue, string extension)
    {
        using var folder = new TempFolder();
        PnmSample.Make(channels, maxValue).Write(folder["in.pam"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "demo", "in.pam", "--output-dir", "out");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(File.Exists(Path.Combine(folder["out"], "in.q50" + extension)));
    }

    [Fact]
    public async Task BenchRefusesThem()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["photos"]);
        PnmSample.Make(4, 255).Write(Path.Combine(folder["photos"], "alpha.pam"));
        PnmSample.Make(3, 4095).Write(Path.Combine(folder["photos"], "deep.ppm"));
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "bench", "photos", "--codecs", "png");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("failed: alpha.pam: Benchmarks compare pictures of 8 bits a sample without alpha; this one has 8 bits and alpha.", result.Error, StringComparison.Ordinal);
        Assert.Contains("failed: deep.ppm: Benchmarks compare pictures of 8 bits a sample without alpha; this one has 12 bits.", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Makes in.pgm, in.ppm or in.pam, x.vae and back.pnm.</summary>
    private static async Task<PnmSample> RoundTripAsync(TempFolder folder, PnmSample picture, params string[] options)
    {
        string input = picture.HasAlpha ? "in.pam" : picture.Channels == 1 ? "in.pgm" : "in.ppm";
        picture.Write(folder[input]);
        ToolResult encode = await ToolProcess.RunAsync(folder.Path, ["encode", input, "x.vae", "-f", .. options]);
        Assert.True(encode.ExitCode == 0, encode.Error);
        ToolResult decode = await ToolProcess.RunAsync(folder.Path, "decode", "x.vae", "back.pnm", "-f");
        Assert.True(decode.ExitCode == 0, decode.Error);
        return picture.Read(folder["back.pnm"]);
    }

    private static async Task<JsonElement> JsonAsync(TempFolder folder, params string[] arguments)
    {
        ToolResult result = await ToolProcess.RunAsync(folder.Path, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Text).RootElement;
    }
}
