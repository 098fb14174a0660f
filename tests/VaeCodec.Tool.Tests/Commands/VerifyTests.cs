using System.Text.Json;

namespace VaeCodec.Tool.Tests;

public class VerifyTests
{
    [Fact]
    public async Task SaysWhichFilesAreSound_AndGoesOnAfterABadOne()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        byte[] file = File.ReadAllBytes(folder["photo.vae"]);
        File.WriteAllBytes(folder["cut.vae"], file[..^10]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "verify", "cut.vae", "missing.vae", "photo.vae");
        Assert.Equal(3, result.ExitCode);
        string[] lines = result.Text.Trim().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("cut.vae: NOT SOUND, 1 of 1 tiles intact", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("photo.vae: sound, 1 of 1 tiles intact", lines[1], StringComparison.Ordinal);
        Assert.Contains("cut.vae: The input ends", result.Error, StringComparison.Ordinal);
        Assert.Contains("missing.vae", result.Error, StringComparison.Ordinal);

        ToolResult sound = await ToolProcess.RunAsync(folder.Path, file, ["verify", "-", "-j", "2"]);
        Assert.True(sound.ExitCode == 0, sound.Error);
    }

    [Fact]
    public async Task JsonHoldsTheDocumentedFields()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        byte[] file = File.ReadAllBytes(folder["photo.vae"]);
        file[file.Length / 2] ^= 1;
        File.WriteAllBytes(folder["bad.vae"], file);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "verify", "--json", "photo.vae", "bad.vae");
        Assert.Equal(3, result.ExitCode);
        string[] lines = result.Text.Trim().Split('\n');
        foreach ((string line, bool sound) in lines.Zip([true, false]))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            Assert.Equal(sound ? "photo.vae" : "bad.vae", root.GetProperty("file").GetString());
            Assert.Equal(sound, root.GetProperty("sound").GetBoolean());
            Assert.Equal(1, root.GetProperty("tiles").GetInt32());
            Assert.Equal(sound ? 1 : 0, root.GetProperty("intact_tiles").GetInt32());
            Assert.True(root.GetProperty("symbols_decoded").GetBoolean());
            Assert.Equal("standard", root.GetProperty("model_name").GetString());
            Assert.Matches("^[0-9a-f]{64}$", root.GetProperty("model_identity").GetString());
            Assert.Equal(file.Length, root.GetProperty("file_bytes").GetInt64());
            Assert.Equal(sound ? [] : ["ChecksumMismatch"], root.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("error").GetString()));
        }
    }

    /// <summary>Whoever sweeps an archive must not take files for damaged that are only not for this program, or too large for it.</summary>
    [Fact]
    public async Task WhatCannotBeLookedInto_IsNotCalledUnsound()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        ToolResult limited = await ToolProcess.RunAsync(folder.Path, "verify", "photo.vae", "--max-pixels", "10");
        Assert.Equal(4, limited.ExitCode);
        Assert.StartsWith("photo.vae: NOT VERIFIED", limited.Text, StringComparison.Ordinal);
        Assert.EndsWith("read", limited.Text.Trim(), StringComparison.Ordinal);
    }
}
