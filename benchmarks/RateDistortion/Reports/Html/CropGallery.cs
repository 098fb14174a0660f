using System.Text;
using VaeCodec.Metrics;
using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Pictures;

namespace VaeCodec.RateDistortion.Reports.Html;

/// <summary>The same part of a picture from every codec at about the same bits per pixel, with its errors.</summary>
/// <param name="bitsPerPixel">The rate to compare at.</param>
internal sealed class CropGallery(double bitsPerPixel)
{
    private const int MostPictures = 3;

    /// <summary>The section of the report: a few pictures from all over the folder. They are encoded again for it.</summary>
    public async Task<string> BuildAsync(IReadOnlyList<string> files, IReadOnlyList<CodecPlan> plans, CancellationToken ct)
    {
        var html = new StringBuilder();
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("vaecodec-crops-");
        try
        {
            int count = Math.Min(MostPictures, files.Count);
            for (int i = 0; i < count; i++)
            {
                string file = files[((2 * i) + 1) * files.Count / (2 * count)];
                await AppendPictureAsync(html, file, plans, scratch.FullName, ct);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        string rate = HtmlTables.Number(bitsPerPixel, "0.####");
        return html.Length == 0 ? string.Empty
            : $"<h2>Side by side at {rate} bits per pixel</h2><p>Each codec at the quality that comes nearest to {rate} bits per pixel for the whole picture; PSNR and MS-SSIM are the whole picture's. Below each part its errors, four times as strong (black: none).</p>{html}";
    }

    private static string Figure(string caption, string picture, string? error)
        => $"<figure class=\"crop\"><img src=\"{picture}\" alt=\"\">{(error is null ? string.Empty : $"<img src=\"{error}\" alt=\"\">")}<figcaption>{caption}</figcaption></figure>";

    private async Task AppendPictureAsync(StringBuilder html, string file, IReadOnlyList<CodecPlan> plans, string scratch, CancellationToken ct)
    {
        BenchPicture picture;
        try
        {
            picture = await PictureFiles.PrepareAsync(file, scratch, ct);
        }
        catch (Exception exception) when (PointFailure.Covers(exception))
        {
            // The measurement has reported it.
            return;
        }

        var crop = Crop.Choose(picture.Pixels, picture.Width, picture.Height);
        html.Append($"<h3>{HtmlTables.Encode(picture.Name)}</h3><div class=\"crops\">");
        html.Append(Figure("<b>original</b>", await crop.DrawAsync(picture.Pixels, picture.Width), null));
        foreach (CodecPlan plan in plans.Where(plan => plan.Codec.DefaultQualities.Count > 0))
        {
            await AppendCodecAsync(html, picture, crop, plan.Codec, scratch, ct);
        }

        html.AppendLine("</div>");
    }

    private async Task AppendCodecAsync(StringBuilder html, BenchPicture picture, Crop crop, ICodec codec, string scratch, CancellationToken ct)
    {
        string folder = Directory.CreateDirectory(Path.Combine(scratch, "point")).FullName;
        try
        {
            (int quality, CodecRun run) = await FindAsync(codec, picture, folder, ct);
            var comparison = PictureComparison.Compare(picture.Pixels, run.Decoded, picture.Width, picture.Height, 3, ct);
            string caption = $"<b>{HtmlTables.Encode(codec.Name)}</b> {quality}: {HtmlTables.Number(Rate(run, picture), "0.000")} bpp<br>{HtmlTables.Number(comparison.Psnr, "0.00")} dB, MS-SSIM {HtmlTables.Number(comparison.MsSsim, "0.0000")}";
            html.Append(Figure(caption, await crop.DrawAsync(run.Decoded, picture.Width), await crop.DrawErrorAsync(picture.Pixels, run.Decoded, picture.Width)));
        }
        catch (Exception exception) when (PointFailure.Covers(exception))
        {
            html.Append($"<figure class=\"crop\"><figcaption>{HtmlTables.Encode($"{codec.Name}: {exception.Message}")}</figcaption></figure>");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The quality that comes nearest to the rate, by halving the range.</summary>
    private async Task<(int Quality, CodecRun Run)> FindAsync(ICodec codec, BenchPicture picture, string folder, CancellationToken ct)
    {
        (int least, int most) = codec.QualityRange;
        (int Quality, CodecRun Run)? best = null;
        while (least <= most)
        {
            int quality = (least + most) / 2;
            CodecRun run = await codec.RunAsync(picture, quality, folder, ct);
            double rate = Rate(run, picture);
            if (best is not { } known || Distance(rate) < Distance(Rate(known.Run, picture)))
            {
                best = (quality, run);
            }

            (least, most) = rate < bitsPerPixel ? (quality + 1, most) : (least, quality - 1);
        }

        return best!.Value;
    }

    private double Distance(double rate) => Math.Abs(Math.Log(rate / bitsPerPixel));

    private static double Rate(CodecRun run, BenchPicture picture) => 8.0 * run.FileBytes / picture.PixelCount;
}
