using System.Globalization;
using System.Text.Json;
using VaeCodec.Metrics;

namespace VaeCodec.Tool.Tests;

public class CompareTextTests
{
    private static readonly PictureComparison s_opaque = new(40.5, 41, 7, 0.99, 0.999);

    [Fact]
    public void AlphaHasMeasuresOfItsOwn()
    {
        PictureComparison comparison = s_opaque with { AlphaPsnr = 52.25, MaxAlphaError = 3 };
        Assert.EndsWith("  alpha      52.25 dB, max error 3", CompareText.Text("a", "b", comparison), StringComparison.Ordinal);
        JsonElement json = Json(new PictureDescription(2, 3, PixelLayout.GrayAlpha32) { BitDepth = 10 }, comparison);
        Assert.Equal("grayalpha32", json.GetProperty("layout").GetString());
        Assert.Equal(10, json.GetProperty("bit_depth").GetInt32());
        Assert.Equal(7, json.GetProperty("max_error").GetInt32());
        Assert.Equal(52.25, json.GetProperty("alpha_psnr").GetDouble());
        Assert.Equal(3, json.GetProperty("max_alpha_error").GetInt32());
    }

    [Fact]
    public void ExactAlphaIsInfinitelyGood()
    {
        PictureComparison comparison = s_opaque with { AlphaPsnr = double.PositiveInfinity, MaxAlphaError = 0 };
        Assert.Contains("alpha      inf dB, max error 0", CompareText.Text("a", "b", comparison), StringComparison.Ordinal);
        JsonElement json = Json(new PictureDescription(2, 3, PixelLayout.Rgba32), comparison);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("alpha_psnr").ValueKind);
        Assert.Equal(0, json.GetProperty("max_alpha_error").GetInt32());
    }

    [Fact]
    public void WithoutAlphaNothingIsSaidOfIt()
    {
        Assert.DoesNotContain("alpha", CompareText.Text("a", "b", s_opaque), StringComparison.Ordinal);
        JsonElement json = Json(new PictureDescription(2, 3, PixelLayout.Rgb24), s_opaque);
        Assert.False(json.TryGetProperty("alpha_psnr", out _));
        Assert.False(json.TryGetProperty("max_alpha_error", out _));
    }

    private static JsonElement Json(PictureDescription picture, PictureComparison comparison)
        => JsonDocument.Parse(CompareText.Json("a", "b", picture, comparison)).RootElement;

    /// <summary>Programs of other people run in cultures that write 40,50 dB.</summary>
    [Fact]
    public void ADecimalCommaShowsNowhere()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal("1,5", $"{1.5}");
            string text = Texts();
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(Texts(), text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Texts() => CompareText.Text("a", "b", s_opaque with { AlphaPsnr = 52.25, MaxAlphaError = 3 }) + CompareText.Json("a", "b", new PictureDescription(2, 3, PixelLayout.Rgb24), s_opaque) + Decibels.Format(38.25) + ByteSize.Format(1_234_567);
    }
}
