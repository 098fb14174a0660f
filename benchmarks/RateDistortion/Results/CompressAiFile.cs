using System.Text.Json;
using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Results;

/// <summary>A file of one codec as CompressAI's plotting script reads it, with the metrics under the older and the newer name.</summary>
/// <param name="Name">The codec.</param>
/// <param name="Description">What it is.</param>
/// <param name="Results">Lists of means, by metric.</param>
internal sealed record CompressAiFile(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("results")] Dictionary<string, List<double>> Results)
{
    /// <summary>What the files' names end with.</summary>
    public const string Extension = ".json";

    /// <summary>Writes a file for each lossy codec into a folder.</summary>
    public static void WriteAll(string folder, IEnumerable<CodecResult> codecs)
    {
        Directory.CreateDirectory(folder);
        foreach (CodecResult codec in codecs.Where(codec => !codec.Lossless))
        {
            string path = Path.Combine(folder, codec.Name + Extension);
            WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(Of(codec), ResultsJson.Default.CompressAiFile));
        }
    }

    private static CompressAiFile Of(CodecResult codec)
    {
        MeanCurve means = codec.Results;

        // Points without a PSNR (a picture came back unchanged) have no place on a plot.
        int[] rows = [.. Enumerable.Range(0, means.Psnr.Count).Where(row => means.Psnr[row] is not null)];
        List<double> psnr = [.. rows.Select(row => means.Psnr[row]!.Value)];
        List<double> msSsim = [.. rows.Select(row => means.MsSsim[row])];
        return new CompressAiFile(codec.Name, $"{codec.Description}. {codec.Version}", new Dictionary<string, List<double>>
        {
            ["bpp"] = [.. rows.Select(row => means.BitsPerPixel[row])],
            ["psnr"] = psnr,
            ["psnr-rgb"] = psnr,
            ["ms-ssim"] = msSsim,
            ["ms-ssim-rgb"] = msSsim,
            ["encoding_time"] = [.. rows.Select(row => means.EncodeSeconds[row])],
            ["decoding_time"] = [.. rows.Select(row => means.DecodeSeconds[row])],
        });
    }
}
