using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

/// <summary>sample, interpolate and recover.</summary>
public class GenerationTests
{
    private const int Side = 32, Gap = 4;

    [Fact]
    public async Task Sample_WritesSheetsThatFollowTheSeed()
    {
        using var folder = new TempFolder();
        await RunAsync(folder, "sample", "one.png", "-n", "5", "--seed", "7");
        await RunAsync(folder, "sample", "again.ppm", "-n", "5", "--seed", "7");
        await RunAsync(folder, "sample", "other.png", "-n", "5", "--seed", "8");
        MemoryRowSink one = await Samples.ReadAsync(folder["one.png"]), again = await Samples.ReadAsync(folder["again.ppm"]), other = await Samples.ReadAsync(folder["other.png"]);

        // Five in rows of three.
        Assert.Equal(((3 * (Side + Gap)) - Gap, (2 * (Side + Gap)) - Gap), (one.Picture.Width, one.Picture.Height));
        Assert.Equal(one.Pixels, again.Pixels);
        Assert.NotEqual(one.Pixels, other.Pixels);

        // Where there is no sixth the sheet is white.
        Assert.All(one.Pixels[^3..], value => Assert.Equal(255, value));
    }

    [Fact]
    public async Task Sample_DrawsTexturesOfTheCodecsModel()
    {
        using var folder = new TempFolder();
        await RunAsync(folder, "sample", "t.png", "--model", "standard", "-n", "2", "--side", "64");
        Assert.Equal(((2 * 64) + Gap, 64), await SizeAsync(folder["t.png"]));
        await RefusesAsync(folder, "multiple of 64", "sample", "u.png", "--model", "standard", "--side", "65");
    }

    [Fact]
    public async Task Sample_HasOtherPicturesBehindTheLastSeed_AndCountsWhatNetworksTake()
    {
        using TempFolder folder = new();
        ToolResult drawn = await ToolProcess.RunAsync(folder.Path, "sample", "last.ppm", "--model", "standard", "--side", "64", "-n", "2", "--seed", "2147483647");
        Assert.True(drawn.ExitCode == 0, drawn.Error);
        MemoryRowSink sheet = await Samples.ReadAsync(folder["last.ppm"]);
        int row = sheet.Picture.RowBytes, each = 64 * 3, other = (64 + Gap) * 3;
        Assert.NotEqual(Enumerable.Range(0, 64).SelectMany(y => sheet.Pixels[(y * row)..((y * row) + each)]), Enumerable.Range(0, 64).SelectMany(y => sheet.Pixels[((y * row) + other)..((y * row) + other + each)]));
        ToolResult refused = await ToolProcess.RunAsync(folder.Path, "sample", "t.png", "--model", "standard", "--side", "64", "-n", "1", "--max-memory", "510k");
        Assert.Equal(4, refused.ExitCode);
    }

    /// <summary>Each picture of 108 kB could be held by itself.</summary>
    [Fact]
    public async Task Interpolate_CountsBothPictures()
    {
        using TempFolder folder = new();
        PnmSample.Make(3, 255, 200, 180).Write(folder["a.ppm"]);
        ToolResult fade = await ToolProcess.RunAsync(folder.Path, "interpolate", "a.ppm", "a.ppm", "fade.png", "--model", "standard", "--max-memory", "200k");
        Assert.Equal(4, fade.ExitCode);
        Assert.Contains("beside the", fade.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "interpolate", "a.ppm", "a.ppm", "way.png", "--max-memory", "200k")).ExitCode);
    }

    [Fact]
    public async Task Interpolate_GoesFromOneToTheOther()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        PnmSample.Make(1, 65535, Samples.Width, Samples.Height).Write(folder["b.pgm"]);
        PnmSample.Make(4, 255).Write(folder["c.pam"]);
        await RunAsync(folder, "interpolate", "a.png", "c.pam", "way.png", "--steps", "3");
        Assert.Equal(((5 * (Side + Gap)) - Gap, Side), await SizeAsync(folder["way.png"]));
        await RunAsync(folder, "interpolate", "a.png", "b.pgm", "fade.png", "--model", "standard", "--steps", "2");
        Assert.Equal(((2 * (Samples.Width + Gap)) - Gap, Samples.Height), await SizeAsync(folder["fade.png"]));
        await RefusesAsync(folder, "of one size", "interpolate", "a.png", "c.pam", "no.png", "--model", "standard");
        ToolResult limited = await ToolProcess.RunAsync(folder.Path, "interpolate", "a.png", "b.pgm", "no.png", "--model", "standard", "--max-memory", "1M");
        Assert.Equal(ExitCode.Limit, limited.ExitCode);
        Assert.False(File.Exists(folder["no.png"]));
    }

    [Fact]
    public async Task Recover_SaysHowNear()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        ToolResult hole = await RunAsync(folder, "recover", "a.png", "hole.png", "--hole", "4,4,6,6", "--hole", "20,0,12,3");
        Assert.Equal(((4 * (Side + Gap)) - Gap, Side), await SizeAsync(folder["hole.png"]));
        Assert.Matches(@"damaged: \d+\.\d\d dB in the holes, \d+\.\d\d dB in all\n.*as the latents say: \d+\.\d\d dB in the holes.*\n.*holes alone", hole.Text.ReplaceLineEndings("\n"));
        await RunAsync(folder, "recover", "a.png", "noise.png", "--noise", "40");
        Assert.Equal(((3 * (Side + Gap)) - Gap, Side), await SizeAsync(folder["noise.png"]));

        // Within the hole the sheet's second picture is grey, beside it the same as the first.
        MemoryRowSink sheet = await Samples.ReadAsync(folder["hole.png"]);
        ReadOnlySpan<byte> Pixel(int picture, int x, int y) => sheet.Pixels.AsSpan((y * sheet.Picture.RowBytes) + (((picture * (Side + Gap)) + x) * 3), 3);
        Assert.True(Pixel(1, 4, 4).SequenceEqual((byte[])[128, 128, 128]));
        Assert.True(Pixel(1, 3, 4).SequenceEqual(Pixel(0, 3, 4)));
        Assert.True(Pixel(3, 3, 4).SequenceEqual(Pixel(0, 3, 4)));
        Assert.True(Pixel(3, 4, 4).SequenceEqual(Pixel(2, 4, 4)));
        foreach (string wrong in (string[])["1,2,3", "0,0,33,1", "0,0,0,4", "a,b,c,d", "-1,0,4,4", "0,0,32,32"])
        {
            await RefusesAsync(folder, "--hole", "recover", "a.png", "no.png", $"--hole={wrong}");
        }

        await RefusesAsync(folder, "model of the codec", "recover", "a.png", "no.png", "--model", "standard");
    }

    [Fact]
    public async Task Pages_HoldTheirPictures()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        await RunAsync(folder, "sample", "s.html", "-n", "4");
        await RunAsync(folder, "interpolate", "a.png", "a.png", "i.html", "--steps", "2");
        await RunAsync(folder, "recover", "a.png", "r.html");
        foreach ((string name, int pictures, bool chart) in ((string, int, bool)[])[("s.html", 4, true), ("i.html", 4, false), ("r.html", 4, false)])
        {
            string page = File.ReadAllText(folder[name]);
            Assert.Equal(pictures, page.Split("src=\"data:image/png;base64,").Length - 1);
            Assert.Equal(chart, page.Contains("<svg", StringComparison.Ordinal));
            Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OutputsAreNotReplacedUnasked_AndHaveANameThatSaysWhat()
    {
        using var folder = new TempFolder();
        await RunAsync(folder, "sample", "s.png", "-n", "1");
        byte[] before = File.ReadAllBytes(folder["s.png"]);
        ToolResult again = await ToolProcess.RunAsync(folder.Path, "sample", "s.png", "-n", "1", "--seed", "2");
        Assert.Equal(ExitCode.Failure, again.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(folder["s.png"]));
        await RunAsync(folder, "sample", "s.png", "-n", "1", "--seed", "2", "-f");
        Assert.NotEqual(before, File.ReadAllBytes(folder["s.png"]));
        await RefusesAsync(folder, "neither a page", "sample", "s.gif");
        ToolResult missing = await ToolProcess.RunAsync(folder.Path, "sample", "t.png", "--model", "none.vaemodel");
        Assert.Equal(ExitCode.Model, missing.ExitCode);
        File.WriteAllText(folder["bad.vaemodel"], "no model");
        Assert.Equal(ExitCode.Model, (await ToolProcess.RunAsync(folder.Path, "sample", "t.png", "--model", "bad.vaemodel")).ExitCode);
        Assert.False(File.Exists(folder["t.png"]));
    }

    /// <summary>Grey, 16 bits and alpha, read as 8-bit red, green and blue.</summary>
    [Theory]
    [InlineData(1, 255)]
    [InlineData(1, 65535)]
    [InlineData(3, 1023)]
    [InlineData(2, 255)]
    [InlineData(4, 65535)]
    public async Task PicturesOfEveryKind_AreReadAsTheyLook(int channels, int maxValue)
    {
        using var folder = new TempFolder();
        PnmSample sample = PnmSample.Make(channels, maxValue);
        sample.Write(folder["a.pam"]);
        DecodedPicture read = await RgbPicture.ReadAsync(folder["a.pam"], VaeLimits.Default, default);
        Assert.Equal((sample.Width, sample.Height, PixelLayout.Rgb24), (read.Picture.Width, read.Picture.Height, read.Picture.Layout));
        int colours = channels >= 3 ? 3 : 1;
        for (int i = 0; i < read.Pixels.Length; i++)
        {
            int pixel = i / 3 * channels;
            double alpha = sample.HasAlpha ? sample.Samples[pixel + colours] / (double)maxValue : 1;
            double colour = sample.Samples[pixel + (colours == 3 ? i % 3 : 0)] / (double)maxValue;
            Assert.Equal(255 * ((colour * alpha) + 1 - alpha), read.Pixels[i], 0.501);
        }

        await Assert.ThrowsAsync<VaeLimitException>(() => RgbPicture.ReadAsync(folder["a.pam"], VaeLimits.Default with { MaxMemoryBytes = 3 * sample.Width * sample.Height - 1 }, default));
    }

    /// <summary>The same model from a file: listed, taken where it can be used, refused where it codes.</summary>
    [Fact]
    public async Task ModelFilesOfItsKind()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        using (Stream resource = typeof(Generation.SmallVae).Assembly.GetManifestResourceStream("small.vaemodel")!)
        using (FileStream file = File.Create(folder["other.vaemodel"]))
        {
            await resource.CopyToAsync(file);
        }

        await RunAsync(folder, "sample", "built-in.png", "-n", "2");
        await RunAsync(folder, "sample", "file.png", "-n", "2", "--model", "other.vaemodel");
        Assert.Equal(File.ReadAllBytes(folder["built-in.png"]), File.ReadAllBytes(folder["file.png"]));
        ToolResult models = await RunAsync(folder, "models", "other.vaemodel");
        Assert.Contains("other.vaemodel, VAE with a Gaussian posterior", models.Text, StringComparison.Ordinal);
        ToolResult coded = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--model", "other.vaemodel");
        Assert.Equal(ExitCode.Model, coded.ExitCode);
        Assert.Contains("codes no files", coded.Error, StringComparison.Ordinal);
        await RefusesAsync(folder, "codes no files", "encode", "a.png", "--model", "small");
        Assert.False(File.Exists(folder["a.vae"]));
    }

    [Fact]
    public async Task OptionsOfTheOtherModel_AndOutputsThatAreInputs_AreRefused()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.png"]);
        await Samples.WriteAsync(folder["b.png"]);
        byte[] before = File.ReadAllBytes(folder["b.png"]);
        await RefusesAsync(folder, "--quality and --side", "sample", "s.png", "--side", "64");
        await RefusesAsync(folder, "--temperature", "sample", "s.png", "--model", "standard", "--temperature", "1");
        foreach (string output in (string[])["a.png", "b.png"])
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, "interpolate", "a.png", "b.png", output, "-f");
            Assert.Equal(ExitCode.Failure, result.ExitCode);
            Assert.Contains("input itself", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(folder["b.png"]));
        foreach (string[] arguments in (string[][])[["sample", "s.png", "--model", "standard", "--max-memory", "1M"], ["interpolate", "a.png", "b.png", "s.png", "--max-memory", "100k"], ["recover", "a.png", "s.png", "--max-pixels", "100"]])
        {
            Assert.Equal(ExitCode.Limit, (await ToolProcess.RunAsync(folder.Path, arguments)).ExitCode);
        }

        Assert.False(File.Exists(folder["s.png"]));
    }

    private static async Task<ToolResult> RunAsync(TempFolder folder, params string[] arguments)
    {
        ToolResult result = await ToolProcess.RunAsync(folder.Path, arguments);
        Assert.True(result.ExitCode == ExitCode.Ok, result.Error);
        return result;
    }

    private static async Task RefusesAsync(TempFolder folder, string said, params string[] arguments)
    {
        ToolResult result = await ToolProcess.RunAsync(folder.Path, arguments);
        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Width, int Height)> SizeAsync(string path)
    {
        await using FileStream stream = File.OpenRead(path);
        await using IPictureReader reader = await PictureReader.OpenAsync(stream);
        return (reader.Picture.Width, reader.Picture.Height);
    }
}
