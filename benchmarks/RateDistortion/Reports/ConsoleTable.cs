using System.Text;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Reports;

/// <summary>The results for a terminal: means for each codec and quality, and BD-rates.</summary>
internal static class ConsoleTable
{
    private const int ColumnWidth = 10;

    /// <summary>The whole text.</summary>
    public static string Render(Comparison comparison)
    {
        var text = new StringBuilder();
        foreach (CodecResult codec in comparison.Document.Current)
        {
            AppendMeans(text, codec);
        }

        if (comparison.OtherPicturesNote is { } others)
        {
            text.AppendLine(others).AppendLine();
        }

        AppendPublished(text, comparison);
        AppendBaseline(text, comparison);
        AppendMatrix(text, comparison, "BD-rate in %, PSNR (RGB), mean curves: row against column", entry => entry.Psnr);
        AppendMatrix(text, comparison, "BD-rate in %, MS-SSIM (dB), mean curves: row against column", entry => entry.MsSsim);
        return text.ToString().TrimEnd();
    }

    private static void AppendMeans(StringBuilder text, CodecResult codec)
    {
        MeanCurve means = codec.Results;
        text.AppendLine($"{codec.Name}: {codec.Description}; {codec.Version}; means of {codec.Pictures.Count} pictures");
        text.AppendLine("  quality      bpp     PSNR   PSNR-Y     SSIM  MS-SSIM   enc ms   dec ms  enc MiB  dec MiB");
        for (int i = 0; i < means.Quality.Count; i++)
        {
            text.Append($"  {means.Quality[i]?.ToString() ?? "-",7} {means.BitsPerPixel[i],8:F4} {Number(means.Psnr[i], "F3", "inf"),8} {Number(means.PsnrY[i], "F3", "inf"),8}");
            text.Append($" {means.Ssim[i],8:F5} {means.MsSsim[i],8:F5} {1000 * means.EncodeSeconds[i],8:F1} {1000 * means.DecodeSeconds[i],8:F1}");
            text.AppendLine($" {Mebibytes(means.EncodePeakBytes[i]),8} {Mebibytes(means.DecodePeakBytes[i]),8}");
        }

        text.AppendLine();
    }

    private static void AppendPublished(StringBuilder text, Comparison comparison)
    {
        foreach (PublishedCurve curve in comparison.Published)
        {
            text.AppendLine($"{curve.ShownName}: not measured here, {curve.Points.Count} points of {curve.Source}");
        }

        if (comparison.Published.Count > 0)
        {
            text.AppendLine("Published curves can be compared only where they are of the same pictures.").AppendLine();
        }
    }

    private static void AppendBaseline(StringBuilder text, Comparison comparison)
    {
        BdEntry[] entries = [.. comparison.AgainstBaseline];
        if (entries.Length == 0)
        {
            return;
        }

        text.AppendLine($"Against {comparison.Baseline}: BD-rate in % of the mean curves, mean of the pictures' own BD-rates, BD-PSNR of the mean curves, PSNR that both reach");
        int first = Math.Max(24, entries.Max(entry => entry.Codec.Length));
        text.AppendLine($"  {new string(' ', first)} {"PSNR",9} {"pictures",9} {"MS-SSIM",9} {"pictures",9} {"BD-PSNR",9} {"from, dB",9} {"to, dB",9}");
        foreach (BdEntry entry in entries)
        {
            text.Append($"  {entry.Codec.PadRight(first)} {Number(entry.Psnr, "F2"),9} {Number(entry.PsnrMeanOfPictures, "F2"),9} {Number(entry.MsSsim, "F2"),9}");
            text.AppendLine($" {Number(entry.MsSsimMeanOfPictures, "F2"),9} {Number(entry.BdPsnr, "F2"),9} {Number(entry.PsnrFrom, "F1"),9} {Number(entry.PsnrTo, "F1"),9}");
        }

        text.AppendLine();
    }

    private static void AppendMatrix(StringBuilder text, Comparison comparison, string title, Func<BdEntry, double?> value)
    {
        IReadOnlyList<string> names = comparison.Names;
        if (names.Count < 2)
        {
            return;
        }

        text.AppendLine(title);
        int first = Math.Max(24, names.Max(name => name.Length));
        text.AppendLine(new string(' ', first + 2) + string.Concat(names.Select(name => name.PadLeft(Math.Max(ColumnWidth, name.Length + 1)))));
        foreach (string row in names)
        {
            text.Append("  " + row.PadRight(first));
            foreach (string column in names)
            {
                BdEntry? entry = comparison.Between(column, row);
                text.Append((row == column ? "0" : Number(entry is null ? null : value(entry), "F1")).PadLeft(Math.Max(ColumnWidth, column.Length + 1)));
            }

            text.AppendLine();
        }

        text.AppendLine();
    }

    private static string Number(double? value, string format, string absent = "-") => value?.ToString(format) ?? absent;

    private static string Mebibytes(long? bytes) => bytes is { } count ? $"{count / 1048576.0:F1}" : "-";
}
