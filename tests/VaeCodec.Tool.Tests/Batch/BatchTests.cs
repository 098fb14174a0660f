using System.Diagnostics;
using System.Text.Json;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

/// <summary>Batches as a user runs them.</summary>
public class BatchTests
{
    private const int Small = 64;

    [Fact]
    public async Task AFolderIsMirrored_AndComesBack()
    {
        using TempFolder folder = await CreateAsync("in/a.png", "in/sub/b.png", "in/sub/deep/c.png");
        ToolResult encode = await ToolProcess.RunAsync(folder.Path, "encode", "-r", "in", "--output-dir", "coded", "--json");
        Assert.True(encode.ExitCode == 0, encode.Error);
        Assert.Equal(["coded/a.vae", "coded/sub/b.vae", "coded/sub/deep/c.vae"], Files(folder, "coded"));
        JsonElement[] lines = Lines(encode);
        Assert.Equal(["in/a.png", "in/sub/b.png", "in/sub/deep/c.png"], lines.Select(line => line.GetProperty("input").GetString()!.Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.All(lines, line =>
        {
            Assert.Equal(("encoded", Small, 50), (line.GetProperty("status").GetString(), line.GetProperty("width").GetInt32(), line.GetProperty("quality").GetInt32()));
            long bytes = new FileInfo(folder[line.GetProperty("output").GetString()!]).Length;
            Assert.Equal(bytes, line.GetProperty("output_bytes").GetInt64());
            Assert.Equal(8.0 * bytes / (Small * Small), line.GetProperty("bits_per_pixel").GetDouble(), 9);
            Assert.False(line.TryGetProperty("exit_code", out _));
        });

        ToolResult decode = await ToolProcess.RunAsync(folder.Path, "decode", "-r", "coded", "--output-dir", "back", "--format", "pnm");
        Assert.True(decode.ExitCode == 0, decode.Error);
        Assert.Equal(["back/a.pnm", "back/sub/b.pnm", "back/sub/deep/c.pnm"], Files(folder, "back"));
        Assert.Contains("3 decoded", decode.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABatchGoesOn_WhereAFileIsBad()
    {
        using TempFolder folder = await CreateAsync("a.png", "c.png");
        File.WriteAllText(folder["b.png"], "no picture");
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "b.png", "missing.png", "c.png", "--json", "--jobs", "2");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["a.png", "a.vae", "b.png", "c.png", "c.vae"], folder.Names);
        Dictionary<string, JsonElement> byInput = Lines(result).ToDictionary(line => line.GetProperty("input").GetString()!);
        Assert.Equal(("failed", "BadSignature", 3), (byInput["b.png"].GetProperty("status").GetString(), byInput["b.png"].GetProperty("error").GetString(), byInput["b.png"].GetProperty("exit_code").GetInt32()));
        Assert.Equal(("no such file", 1), (byInput["missing.png"].GetProperty("message").GetString(), byInput["missing.png"].GetProperty("exit_code").GetInt32()));
        Assert.Contains("2 encoded, 2 failed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARepeatedRun_SkipsWhatIsDone()
    {
        using TempFolder folder = await CreateAsync("a.png", "b.png");
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--quiet")).ExitCode);
        byte[] before = File.ReadAllBytes(folder["a.vae"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "b.png", "-q", "90");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("1 encoded, 1 skipped", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder["a.vae"]));

        File.SetLastWriteTimeUtc(folder["a.png"], DateTime.UtcNow.AddHours(1));
        Assert.Contains("older than its input", (await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "b.png")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "b.png", "-q", "90", "-f")).ExitCode);
        Assert.NotEqual(before, File.ReadAllBytes(folder["a.vae"]));
    }

    /// <summary>An original is older than its .vae file, always; it must not be said to be made anew with -f.</summary>
    [Fact]
    public async Task OriginalsAreNotSaidToBeOutOfDate()
    {
        using TempFolder folder = await CreateAsync("a.png");
        File.SetLastWriteTimeUtc(folder["a.png"], DateTime.UtcNow.AddHours(-1));
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "-r", ".", "--lossless")).ExitCode);
        ToolResult decoded = await ToolProcess.RunAsync(folder.Path, "decode", "-r", ".");
        Assert.Equal(0, decoded.ExitCode);
        Assert.DoesNotContain("-f", decoded.Error, StringComparison.Ordinal);
        Assert.Contains("--output-dir", decoded.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramsGetTheirLines_ThoughPeopleGetNone()
    {
        using TempFolder folder = await CreateAsync("a.png");
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "a.png", "--lossless", "--json", "--quiet");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("encoded", Assert.Single(Lines(result)).GetProperty("status").GetString());
        ToolResult info = await ToolProcess.RunAsync(folder.Path, [], ["info", "a.vae", "--json", "--quiet"], ("LC_ALL", "C"));
        Assert.Equal("a.vae", Assert.Single(Lines(info)).GetProperty("file").GetString());
        Assert.Equal("{\"file\":\"gr\\u00fc\\ud83d\\ude00\"}", JsonLine.Escape("{\"file\":\"gr\u00fc\ud83d\ude00\"}"));
    }

    [Fact]
    public async Task ADryRun_DoesNothing()
    {
        using TempFolder folder = await CreateAsync("a.png", "sub/b.png");
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "-r", ".", "--output-dir", "out", "--dry-run");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains(" -> ", StringComparison.Ordinal)));
        Assert.Contains("2 would be encoded", result.Error, StringComparison.Ordinal);
        Assert.Equal(["a.png", "sub"], folder.Names);
        ToolResult missing = await ToolProcess.RunAsync(folder.Path, "encode", "nothing.png", "--dry-run");
        Assert.Equal((1, ""), (missing.ExitCode, missing.Text));
    }

    /// <summary>What the run would refuse before any work.</summary>
    [Theory]
    [InlineData(1, "encode", "a.png", "nodir/x.vae")]
    [InlineData(1, "encode", "a.png", "a.png", "-f")]
    [InlineData(2, "decode", "a.vae", "-")]
    [InlineData(1, "encode", "a.png", "b.png", "--output-dir", "taken")]
    [InlineData(1, "encode", "a.png", "b.png", "--output-dir", "a.vae/deeper")]
    public async Task ADryRun_RefusesWhatTheRunWould(int exitCode, params string[] line)
    {
        using TempFolder folder = await CreateAsync("a.png", "b.png");
        File.WriteAllText(folder["a.vae"], "");
        Directory.CreateDirectory(folder["taken/a.vae"]);
        Assert.Equal(exitCode, (await ToolProcess.RunAsync(folder.Path, [.. line, "--dry-run"])).ExitCode);
        Assert.Equal(exitCode, (await ToolProcess.RunAsync(folder.Path, line)).ExitCode);
    }

    [UnixFact]
    public async Task WhatGoesOutToADevice_IsCounted()
    {
        using TempFolder folder = await CreateAsync("a.png");
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.png")).ExitCode);
        ToolResult file = await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "b.ppm", "--json"), device = await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "/dev/null", "--format", "pnm", "--json");
        long bytes = Assert.Single(Lines(file)).GetProperty("output_bytes").GetInt64();
        Assert.Equal(new FileInfo(folder["b.ppm"]).Length, bytes);
        Assert.Equal(bytes, Assert.Single(Lines(device)).GetProperty("output_bytes").GetInt64());
    }

    [Fact]
    public async Task ShardsTogether_AreTheBatch()
    {
        using TempFolder folder = await CreateAsync("in/a.png", "in/b.png", "in/c.png", "in/d.png", "in/e.png");
        List<string> seen = [];
        foreach ((string shard, (string, string)[] environment) in ((string, (string, string)[])[])[("0/2", []), ("auto/2", [("JOB_COMPLETION_INDEX", "1")])])
        {
            ToolResult result = await ToolProcess.RunAsync(folder.Path, [], ["encode", "-r", "in", "--output-dir", "out", "--shard", shard, "--json"], environment);
            Assert.True(result.ExitCode == 0, result.Error);
            seen.AddRange(Lines(result).Select(line => line.GetProperty("input").GetString()!));
        }

        Assert.Equal(5, seen.Count);
        Assert.Equal(5, Files(folder, "out").Length);
        Assert.Equal(2, (await ToolProcess.RunAsync(folder.Path, "encode", "in/a.png", "--shard", "0/2")).ExitCode);
        Assert.Equal(2, (await ToolProcess.RunAsync(folder.Path, "encode", "-r", "in", "--shard", "2/2")).ExitCode);
    }

    [Theory]
    [InlineData("encode a.png - --json")]
    [InlineData("encode a.png b.png -o c.vae")]
    [InlineData("encode - a.png b.png")]
    [InlineData("encode a.png -q 5 --target-size 10k")]
    [InlineData("encode a.png --target-bpp 1 --target-psnr 30")]
    [InlineData("encode a.png --target-bpp 0")]
    [InlineData("encode a.png --target-psnr many")]
    [InlineData("encode a.png --lossless --target-size 10k")]
    [InlineData("encode a.png --max-error 1 --target-size 10k")]
    [InlineData("encode a.png --strip everything")]
    [InlineData("encode a.png --strip icc --keep exif")]
    public async Task WhatDoesNotGoTogether_IsAUsageError(string line)
    {
        using TempFolder folder = await CreateAsync("a.png");
        ToolResult result = await ToolProcess.RunAsync(folder.Path, line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["a.png"], folder.Names);
    }

    [UnixFact]
    public async Task CtrlC_LeavesWholeFilesOnly()
    {
        using TempFolder folder = new();
        for (int i = 0; i < 4; i++)
        {
            // The first is done while the others are under way.
            int side = i == 0 ? Small : 2500;
            await Samples.WriteAsync(folder[$"{i}.ppm"], PictureFormat.Pnm, side, side);
        }

        using Process process = ToolProcess.Start(folder.Path, ["encode", "-r", ".", "--jobs", "2"]);
        var clock = Stopwatch.StartNew();
        while (!(HasWhole() && HasPartial()) && !process.HasExited && clock.Elapsed < TimeSpan.FromMinutes(1))
        {
            await Task.Delay(20);
        }

        Assert.False(process.HasExited, "The batch ended before it could be interrupted.");
        Assert.True(HasWhole(), "The batch has finished no file.");
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        ToolResult result = await ToolProcess.CollectAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.False(HasPartial());
        string[] files = [.. folder.Names.Where(name => name.EndsWith(".vae", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "verify", file)).ExitCode);
        }

        bool HasWhole() => folder.Names.Any(name => name.EndsWith(".vae", StringComparison.Ordinal));
        bool HasPartial() => folder.Names.Any(name => name.Contains(".partial-", StringComparison.Ordinal));
    }

    private static async Task<TempFolder> CreateAsync(params string[] pictures)
    {
        TempFolder folder = new();
        foreach (string path in pictures)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            await Samples.WriteAsync(folder[path], PictureFormat.Png, Small, Small);
        }

        return folder;
    }

    private static string[] Files(TempFolder folder, string below)
        => [.. Directory.GetFiles(folder[below], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static JsonElement[] Lines(ToolResult result)
        => [.. result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
