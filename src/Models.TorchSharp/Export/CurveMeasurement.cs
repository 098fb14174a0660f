using VaeCodec.Metrics;
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
                SampleDifference difference = new(picture.Picture.Layout.Channels());
                difference.Add(picture.Pixels, decoded.Pixels);
                decibels += Math.Min(HighestPsnr, difference.Psnr);
            }

            curve.Add(new CurvePoint(quality, rate / pictures.Pictures.Count, decibels / pictures.Pictures.Count));
        }

        return curve;
    }
}
