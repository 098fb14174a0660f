using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Results;

namespace VaeCodec.RateDistortion.Tests.Support;

/// <summary>Made-up results: a codec of scale 0.5 has half the rate of one of scale 1 at each quality.</summary>
internal static class SampleResults
{
    public static ResultsDocument Of(params (string Name, double Scale)[] codecs)
    {
        var document = new ResultsDocument
        {
            Updated = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
            Machine = new Machine("a processor", 2, "a system", "a runtime"),
            Codecs = [.. codecs.Select(codec => Codec(codec.Name, codec.Scale))],
        };
        document.Derive("base");
        return document;
    }

    public static double Rate(double scale, int quality) => scale * Math.Pow(2, quality) / 10;

    public static double Psnr(int quality) => 25 + (3 * quality);

    public static double MsSsim(int quality) => 1 - Math.Pow(10, -quality / 3.0);

    /// <summary>Made-up results of a lossless codec, of the same picture unless another is named.</summary>
    public static CodecResult Lossless(string name, double rate, string picture = "p")
    {
        CodecResult codec = new() { Name = name, Description = $"{name}, a codec", Version = $"{name} 1.2", Settings = "", Lossless = true, Timing = CodecTiming.Library };
        codec.Pictures.Add(new PictureResult { File = picture + ".png", Hash = picture, Width = 100, Height = 100 });
        codec.Pictures[0].Add(new Point { Quality = null, Bytes = 1, BitsPerPixel = rate, Psnr = null, PsnrY = null, Ssim = 1, MsSsim = 1, MaxError = 0, EncodeSeconds = 1, DecodeSeconds = 1 });
        return codec;
    }

    private static CodecResult Codec(string name, double scale)
    {
        var codec = new CodecResult { Name = name, Description = $"{name}, a codec", Version = $"{name} 1.2 build 0123abcd-4567ef89, model {new string('a', 64)}", Settings = "", Lossless = false, Timing = CodecTiming.Library };
        var picture = new PictureResult { File = "p.png", Hash = "p", Width = 100, Height = 100 };
        for (int quality = 1; quality <= 5; quality++)
        {
            picture.Add(new Point
            {
                Quality = quality,
                Bytes = 1,
                BitsPerPixel = Rate(scale, quality),
                Psnr = Psnr(quality),
                PsnrY = Psnr(quality),
                Ssim = 0.5,
                MsSsim = MsSsim(quality),
                MaxError = 1,
                EncodeSeconds = 1,
                DecodeSeconds = 1,
            });
        }

        codec.Pictures.Add(picture);
        return codec;
    }
}
