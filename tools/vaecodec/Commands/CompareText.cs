using System.Text;
using VaeCodec.Metrics;

namespace VaeCodec.Tool;

/// <summary>The output of vaecodec compare, for people and for programs.</summary>
internal static class CompareText
{
    public static string Text(string first, string second, PictureComparison comparison)
    {
        var text = new StringBuilder();
        text.AppendLine($"{first} and {second}");
        text.AppendLine($"  PSNR       {Decibels.Format(comparison.Psnr)} dB");
        text.AppendLine($"  PSNR-Y     {Decibels.Format(comparison.PsnrY)} dB");
        text.AppendLine(FormattableString.Invariant($"  SSIM       {comparison.Ssim:0.00000}"));
        text.AppendLine(FormattableString.Invariant($"  MS-SSIM    {comparison.MsSsim:0.00000}, {Decibels.Format(StructuralSimilarity.ToDecibels(comparison.MsSsim))} dB"));
        text.Append($"  max error  {comparison.MaxError}");
        if (comparison is { AlphaPsnr: { } alphaPsnr, MaxAlphaError: { } maxAlphaError })
        {
            text.AppendLine();
            text.Append($"  alpha      {Decibels.Format(alphaPsnr)} dB, max error {maxAlphaError}");
        }

        return text.ToString();
    }

    public static string Json(string first, string second, PictureDescription picture, PictureComparison comparison) => JsonLine.Write(writer =>
    {
        writer.WriteString("first", first);
        writer.WriteString("second", second);
        writer.WriteNumber("width", picture.Width);
        writer.WriteNumber("height", picture.Height);
        writer.WriteString("layout", LayoutText.ForPrograms(picture.Layout));
        writer.WriteNumber("bit_depth", picture.BitDepth);
        JsonLine.WriteFinite(writer, "psnr", Math.Round(comparison.Psnr, 6));
        JsonLine.WriteFinite(writer, "psnr_y", Math.Round(comparison.PsnrY, 6));
        writer.WriteNumber("ssim", Math.Round(comparison.Ssim, 8));
        writer.WriteNumber("ms_ssim", Math.Round(comparison.MsSsim, 8));
        writer.WriteNumber("max_error", comparison.MaxError);
        if (comparison is { AlphaPsnr: { } alphaPsnr, MaxAlphaError: { } maxAlphaError })
        {
            JsonLine.WriteFinite(writer, "alpha_psnr", Math.Round(alphaPsnr, 6));
            writer.WriteNumber("max_alpha_error", maxAlphaError);
        }
    });
}
