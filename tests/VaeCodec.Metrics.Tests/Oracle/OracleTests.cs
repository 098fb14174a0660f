using System.Diagnostics;
using System.Globalization;
using VaeCodec.Metrics.Tests.Support;

namespace VaeCodec.Metrics.Tests.Oracle;

/// <summary>The same pictures and curves through implementations that other people wrote, or that were written twice.</summary>
public sealed class OracleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vaecodec-metrics-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PythonFact("numpy", "python3-numpy")]
    public void DenseMatricesInNumPyAgree()
    {
        (int Width, int Height, int Channels, int Noise)[] cases =
            [(200, 171, 3, 5), (333, 161, 1, 30), (97, 100, 3, 60), (21, 40, 1, 9), (11, 11, 3, 9), (10, 300, 1, 40), (5, 4, 3, 9), (1, 1, 3, 200)];
        foreach ((int width, int height, int channels, int noise) in cases)
        {
            TestPicture picture = TestPicture.Make(width, width, height, channels, noise);
            (string original, string disturbed) = picture.Write(_folder);
            double[] expected = PythonOracle.Run("similarity.py", original, disturbed);
            PictureComparison actual = picture.Compare();
            Assert.Equal(expected[0], actual.Psnr, 9);
            Assert.Equal(expected[1], actual.PsnrY, 9);
            Assert.Equal(expected[2], actual.Ssim, 9);
            Assert.Equal(expected[3], actual.MsSsim, 9);
        }
    }

    [PythonFact("numpy", "python3-numpy")]
    public void DenseMatricesInNumPyAgreeOnDeepPictures()
    {
        (int Width, int Height, int Channels, int Bits)[] cases = [(200, 171, 3, 16), (333, 161, 1, 12), (21, 40, 1, 9), (10, 300, 3, 10)];
        foreach ((int width, int height, int channels, int bits) in cases)
        {
            DeepTestPicture picture = DeepTestPicture.Make(width, width, height, new SampleFormat(channels, bitDepth: bits), 1 << (bits - 4));
            (string original, string disturbed) = picture.Write(_folder);
            double[] expected = PythonOracle.Run("similarity.py", original, disturbed);
            PictureComparison actual = picture.Compare();
            Assert.Equal(expected[0], actual.Psnr, 9);
            Assert.Equal(expected[1], actual.PsnrY, 9);
            Assert.Equal(expected[2], actual.Ssim, 9);
            Assert.Equal(expected[3], actual.MsSsim, 9);
        }
    }

    [PythonFact("skimage", "python3-skimage")]
    public void ScikitImageAgreesOnSsim()
    {
        foreach (int channels in (int[])[1, 3])
        {
            TestPicture picture = TestPicture.Make(channels, 120, 77, channels, 25);
            (string original, string disturbed) = picture.Write(_folder);
            Assert.Equal(PythonOracle.Run("skimage_ssim.py", original, disturbed)[0], picture.Compare().Ssim, 7);
        }
    }

    [PythonFact("scipy", "python3-scipy")]
    public void SciPyAgreesOnRandomCurves()
    {
        var random = new Random(11);
        for (int round = 0; round < 12; round++)
        {
            RateCurve first = RandomCurve(random, 2 + (round % 7));
            RateCurve second = RandomCurve(random, 2 + (round % 5));
            double[] expected = PythonOracle.Run("bjontegaard.py", List(first, p => p.Rate), List(first, p => p.Quality), List(second, p => p.Rate), List(second, p => p.Quality));
            Assert.Equal(expected[0], BjontegaardDelta.Rate(first, second)!.Value, 10);
            Assert.Equal(expected[1], BjontegaardDelta.Quality(first, second)!.Value, 10);
        }
    }

    [MagickFact]
    public void ImageMagickAgreesOnPsnr()
    {
        TestPicture picture = TestPicture.Make(8, 90, 60, 3, 13);
        (string original, string disturbed) = picture.Write(_folder);
        var start = new ProcessStartInfo(MagickFactAttribute.Program, ["-metric", "PSNR", original, disturbed, "null:"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string text = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture), picture.Compare().Psnr, 3);
    }

    private static RateCurve RandomCurve(Random random, int count)
    {
        double rate = 0.1 + (0.1 * random.NextDouble());
        double quality = 25 + random.NextDouble();
        var points = new List<RatePoint>();
        for (int i = 0; i < count; i++)
        {
            points.Add(new RatePoint(rate, quality));
            rate *= 1.2 + (random.NextDouble() * 2);
            quality += 0.5 + (random.NextDouble() * 4);
        }

        Assert.True(RateCurve.TryCreate(points, out RateCurve? curve));
        return curve;
    }

    private static string List(RateCurve curve, Func<RatePoint, double> value)
        => string.Join(',', curve.Points.Select(point => value(point).ToString("R", CultureInfo.InvariantCulture)));
}
