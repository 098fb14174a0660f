using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>Measures a finished model as its users will meet it: files of the encoder, pixels of the decoder.</summary>
internal static class CurveMeasurement
{
    /// <summary>PSNR stops here, so that a mean over pictures stays a number.</summary>
    private const double HighestPsnr = 100;

    /// <summary>Encodes and decodes every picture at every quality.</summary>
    public static async Task<IReadOnlyList<CurvePoint>> RunAsync(VaeModel model, PictureSet pictures, IReadOnlyList<int> qualities, int threads, CancellationToken cancellationToken)
    {
        List<CurvePoint> curve = [];
        foreach (int quality in qualities)
        {
            double rate = 0, decibels = 0;
            foreach (DecodedPicture picture in pictures.Pictures)
            {
                using MemoryStream file = new();
                VaeEncoderOptions encoding = new() { Model = model, Quality = quality, Threads = threads };
                VaeEncodeResult result = await VaeEncoder.EncodeAsync(new MemoryRowSource(picture.Picture, picture.Pixels), file, encoding, cancellationToken).ConfigureAwait(false);
                DecodedPicture decoded = VaeDecoder.Decode(file.ToArray(), new VaeDecoderOptions { Models = [model], Threads = threads });
                rate += result.BitsPerPixel;
                decibels += Psnr(picture.Pixels, decoded.Pixels);
            }

            curve.Add(new CurvePoint(quality, rate / pictures.Pictures.Count, decibels / pictures.Pictures.Count));
        }

        return curve;
    }

    private static double Psnr(byte[] expected, byte[] actual)
    {
        long sum = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = expected[i] - actual[i];
            sum += difference * difference;
        }

        return sum == 0 ? HighestPsnr : Math.Min(HighestPsnr, 10 * Math.Log10(255.0 * 255.0 * expected.Length / sum));
    }
}
