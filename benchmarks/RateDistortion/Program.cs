using System.Globalization;
using System.Text;
using VaeCodec.Imaging;

namespace VaeCodec.RateDistortion;

/// <summary>
/// The curve of a model over a folder of pictures: every picture is encoded to a whole file and decoded again; bits are
/// the file's, PSNR is over all samples of the 8-bit pixels, both averaged over the pictures.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Length is 0 or > 3)
        {
            Console.Error.WriteLine("usage: RateDistortion FOLDER [QUALITY,QUALITY,...] [MODEL]");
            return 2;
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        int[] qualities = [.. (args.Length > 1 ? args[1] : "1,12,23,34,45,56,67,78,89,100").Split(',').Select(int.Parse)];
        VaeModel model = args.Length > 2 ? VaeModel.Load(args[2]) : VaeModel.Standard;
        string[] files = [.. Directory.EnumerateFiles(args[0]).Where(file => PictureFormats.TryFromPath(file, out _)).Order(StringComparer.Ordinal)];
        Console.WriteLine($"{files.Length} pictures, model {model.Name} {model.Identity}");
        Console.WriteLine("quality      bpp   PSNR dB");
        foreach (int quality in qualities)
        {
            double bits = 0, psnr = 0;
            foreach (string file in files)
            {
                DecodedPicture picture = await ReadAsync(file);
                byte[] coded = VaeEncoder.Encode(picture.Picture, picture.Pixels, new VaeEncoderOptions { Quality = quality, Model = model });
                DecodedPicture back = VaeDecoder.Decode(coded, new VaeDecoderOptions { Models = [model] });
                bits += 8.0 * coded.Length / ((double)picture.Picture.Width * picture.Picture.Height);
                psnr += Psnr(picture.Pixels, back.Pixels);
            }

            Console.WriteLine(new StringBuilder().Append($"{quality,7} {bits / files.Length,8:F4} {psnr / files.Length,9:F3}"));
        }

        return 0;
    }

    private static async Task<DecodedPicture> ReadAsync(string path)
    {
        await using FileStream stream = File.OpenRead(path);
        await using IPictureReader reader = await PictureReader.OpenAsync(stream);
        byte[] pixels = new byte[reader.Picture.RowBytes * reader.Picture.Height];
        await reader.ReadRowsAsync(pixels, reader.Picture.Height, CancellationToken.None);
        await reader.CompleteAsync(CancellationToken.None);
        return new DecodedPicture(reader.Picture, pixels);
    }

    private static double Psnr(byte[] left, byte[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double difference = left[i] - right[i];
            sum += difference * difference;
        }

        return 10 * Math.Log10(255.0 * 255.0 * left.Length / sum);
    }
}
