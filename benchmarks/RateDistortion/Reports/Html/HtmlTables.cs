using System.Globalization;
using System.Net;
using System.Text;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports.Html;

/// <summary>The tables of the report.</summary>
internal static class HtmlTables
{
    /// <summary>BD-rates of every codec against every other.</summary>
    public static string Matrix(Comparison comparison, Func<BdEntry, double?> value)
    {
        IReadOnlyList<string> names = comparison.Names;
        var text = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>codec</th>");
        text.AppendJoin(string.Empty, names.Select(name => $"<th>vs {Encode(name)}</th>")).AppendLine("</tr></thead><tbody>");
        foreach (string row in names)
        {
            text.Append($"<tr><td>{Encode(row)}</td>");
            foreach (string column in names)
            {
                BdEntry? entry = comparison.Between(column, row);
                text.Append(row == column ? "<td>0</td>" : Cell(entry is null ? null : value(entry)));
            }

            text.AppendLine("</tr>");
        }

        return text.Append("</tbody></table></div>").ToString();
    }

    /// <summary>All measures against the baseline.</summary>
    public static string Baseline(Comparison comparison)
    {
        var text = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>codec</th><th>PSNR, mean curves</th><th>PSNR, mean of pictures</th>");
        text.AppendLine("<th>MS-SSIM, mean curves</th><th>MS-SSIM, mean of pictures</th><th>BD-PSNR, dB</th><th>over PSNR, dB</th></tr></thead><tbody>");
        foreach (BdEntry entry in comparison.AgainstBaseline)
        {
            text.Append($"<tr><td>{Encode(entry.Codec)}</td>{Cell(entry.Psnr)}{Cell(entry.PsnrMeanOfPictures)}{Cell(entry.MsSsim)}{Cell(entry.MsSsimMeanOfPictures)}");
            text.AppendLine($"<td>{Number(entry.BdPsnr, "+0.00;-0.00")}</td><td>{Number(entry.PsnrFrom, "0.0")} to {Number(entry.PsnrTo, "0.0")}</td></tr>");
        }

        return text.Append("</tbody></table></div>").ToString();
    }

    /// <summary>A codec's means.</summary>
    public static string Means(CodecResult codec)
    {
        MeanCurve means = codec.Results;
        var text = new StringBuilder($"<details{(codec.Lossless ? " open" : "")}><summary>{Encode(codec.Name)}</summary><p class=\"soft\">{Encode(codec.Description)}. {Encode(codec.Version)}. {Encode(codec.Settings)}</p>");
        text.AppendLine("<div class=\"scroll\"><table><thead><tr><th>quality</th><th>bpp</th><th>PSNR</th><th>PSNR-Y</th><th>SSIM</th><th>MS-SSIM</th><th>encode ms</th><th>decode ms</th><th>encode MiB</th><th>decode MiB</th></tr></thead><tbody>");
        for (int i = 0; i < means.Quality.Count; i++)
        {
            text.Append($"<tr><td>{means.Quality[i]?.ToString(CultureInfo.InvariantCulture) ?? "lossless"}</td><td>{Number(means.BitsPerPixel[i], "0.0000")}</td>");
            text.Append($"<td>{Number(means.Psnr[i], "0.000", "∞")}</td><td>{Number(means.PsnrY[i], "0.000", "∞")}</td><td>{Number(means.Ssim[i], "0.00000")}</td><td>{Number(means.MsSsim[i], "0.00000")}</td>");
            text.Append($"<td>{Number(1000 * means.EncodeSeconds[i], "0.0")}</td><td>{Number(1000 * means.DecodeSeconds[i], "0.0")}</td>");
            text.AppendLine($"<td>{Number(means.EncodePeakBytes[i] / 1048576.0, "0.0")}</td><td>{Number(means.DecodePeakBytes[i] / 1048576.0, "0.0")}</td></tr>");
        }

        return text.Append("</tbody></table></div></details>").ToString();
    }

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);

    internal static string Number(double? value, string format, string absent = "–") => value?.ToString(format, CultureInfo.InvariantCulture) ?? absent;

    private static string Cell(double? percent)
    {
        if (percent is not { } value)
        {
            return "<td>–</td>";
        }

        const double Strongest = 70;
        string shade = (Math.Min(Math.Abs(value) / Strongest, 1) * 0.45).ToString("0.00", CultureInfo.InvariantCulture);
        return $"<td style=\"background: rgba(var(--{(value < 0 ? "good" : "bad")}), {shade})\">{Number(value, "+0.0;-0.0")} %</td>";
    }
}
