using System.Text.Json;

namespace VaeCodec.Tool.Tests;

/// <summary>What info says of files of every kind, from what their headers state.</summary>
public class InfoTextTests
{
    [Fact]
    public void NearLosslessFilesStateTheirBoundsAndNeedNoModel()
    {
        VaeImageInfo info = Info(new PictureDescription(20, 10, PixelLayout.Rgba64)) with { HasNetworks = false, MaxError = 300, MaxAlphaError = 40 };
        string text = InfoText.FileText("x.vae", info, null);
        Assert.Contains("20 x 10, RGB and alpha, 16 bits a channel", text, StringComparison.Ordinal);
        Assert.Matches(@"quality\s+near-lossless, error at most 300\s", text);
        Assert.Matches(@"alpha\s+error at most 40\s", text);
        Assert.Matches(@"model\s+none\s", text);

        JsonElement json = Json(info);
        Assert.Equal("rgba64", json.GetProperty("layout").GetString());
        Assert.Equal(4, json.GetProperty("channels").GetInt32());
        Assert.True(json.GetProperty("alpha").GetBoolean());
        Assert.Equal(16, json.GetProperty("bit_depth").GetInt32());
        Assert.False(json.GetProperty("lossless").GetBoolean());
        Assert.Equal(300, json.GetProperty("max_error").GetInt32());
        Assert.Equal(40, json.GetProperty("max_alpha_error").GetInt32());
    }

    [Fact]
    public void LosslessFilesHaveNoError()
    {
        VaeImageInfo info = Info(new PictureDescription(20, 10, PixelLayout.Gray16) { BitDepth = 12 }) with { HasNetworks = false };
        string text = InfoText.FileText("x.vae", info, null);
        Assert.Contains("grey, 12 bits", text, StringComparison.Ordinal);
        Assert.Matches(@"quality\s+lossless\s", text);
        Assert.Matches(@"model\s+none\s", text);
        Assert.DoesNotMatch(@"alpha\s", text);
        JsonElement json = Json(info);
        Assert.Equal(12, json.GetProperty("bit_depth").GetInt32());
        Assert.True(json.GetProperty("lossless").GetBoolean());
        Assert.Equal(0, json.GetProperty("max_error").GetInt32());
    }

    [Fact]
    public void FilesOfNetworksHaveAModelAndNoBoundButThatOfAlpha()
    {
        VaeImageInfo info = Info(new PictureDescription(20, 10, PixelLayout.Rgba32)) with { MaxAlphaError = 16 };
        string text = InfoText.FileText("x.vae", info, null);
        Assert.Matches(@"quality\s+60\s", text);
        Assert.Matches(@"alpha\s+error at most 16\s", text);
        Assert.Matches(@"model\s+some 00", text);
        JsonElement json = Json(info);
        Assert.False(json.GetProperty("lossless").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("max_error").ValueKind);
        Assert.Equal(16, json.GetProperty("max_alpha_error").GetInt32());
        Assert.Matches(@"alpha\s+exact\s", InfoText.FileText("x.vae", info with { MaxAlphaError = 0 }, null));
    }

    private static VaeImageInfo Info(PictureDescription picture) => new()
    {
        Picture = picture,
        MajorVersion = 1,
        MinorVersion = 0,
        Quality = 60,
        TileSize = 512,
        TileColumns = 1,
        TileRows = 1,
        ModelName = "some",
        ModelIdentity = new string('0', 64),
    };

    private static JsonElement Json(VaeImageInfo info) => JsonDocument.Parse(InfoText.FileJson("x.vae", info, null)).RootElement;
}
