using System.Globalization;
using System.Text;

namespace VaeCodec.RateDistortion.Results;

/// <summary>All points as comma-separated values, one line for a picture, codec and quality.</summary>
internal static class CsvFile
{
    private const string Header =
        "codec,version,file,width,height,quality,bytes,bpp,psnr,psnr_y,ssim,ms_ssim,max_error,encoding_time,decoding_time,encoding_memory,decoding_memory";

    /// <summary>Writes the file.</summary>
    public static void Write(string path, ResultsDocument document)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (CodecResult codec in document.Codecs)
        {
            foreach (PictureResult picture in codec.Pictures)
            {
                foreach (Point point in picture.Points)
                {
                    text.Append(Line(codec, picture, point)).Append('\n');
                }
            }
        }

        WholeFile.Write(path, text.ToString());
    }

    private static string Line(CodecResult codec, PictureResult picture, Point point) => string.Join(
        ',',
        Quote(codec.Name),
        Quote(codec.Version),
        Quote(picture.File),
        Text(picture.Width),
        Text(picture.Height),
        Text(point.Quality),
        Text(point.Bytes),
        Text(point.BitsPerPixel),
        Text(point.Psnr),
        Text(point.PsnrY),
        Text(point.Ssim),
        Text(point.MsSsim),
        Text(point.MaxError),
        Text(point.EncodeSeconds),
        Text(point.DecodeSeconds),
        Text(point.EncodePeakBytes),
        Text(point.DecodePeakBytes));

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Quote(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
