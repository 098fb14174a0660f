using VaeCodec.Metrics.Structure;

namespace VaeCodec.Metrics;

/// <summary>
/// SSIM and MS-SSIM of two pictures. Both are computed for red, green and blue each and averaged over the three, which is
/// what CompressAI and most papers on learned codecs print (the older papers by Wang take the luma). Alpha does not enter:
/// colour is compared as it is stored, under transparent pixels too.
/// </summary>
/// <param name="Ssim">
/// Mean structural similarity, at most 1: Gaussian window of 11 x 11 taps, sigma 1.5, at every place where it fits whole
/// (no padding), K1 = 0.01, K2 = 0.03, L = 2^bits - 1, population variances. Wang, Bovik, Sheikh, Simoncelli 2004.
/// </param>
/// <param name="MsSsim">
/// Multi-scale structural similarity, 0..1: five scales, exponents 0.0448, 0.2856, 0.3001, 0.2363, 0.1333, each scale
/// half the one before by means of 2 x 2 samples (an odd last row or column counts twice); a negative mean of a scale
/// counts as 0. The exponents are divided by their sum, which for five is 1.0001. pytorch_msssim, which CompressAI measures with, does not, so
/// that its values are some 5e-6 lower, and pads odd sides with zeros: pictures whose sides are no multiples of 16 differ in the fourth digit. Wang, Simoncelli, Bovik 2003, "Multi-scale structural similarity for image quality assessment".
/// </param>
/// <param name="Scales">
/// Scales that MS-SSIM used, 1..5. The window has 11 taps, so five scales need 161 pixels on the shorter side; a smaller
/// picture has as many as keep 11 samples on both sides. Below 11 pixels
/// there is one scale, and the window shrinks to the largest odd number of taps that fits.
/// </param>
public readonly record struct StructuralSimilarity(double Ssim, double MsSsim, int Scales)
{
    private static readonly double[] s_exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>Compares two pictures of 8-bit samples without alpha. Beside them it needs memory of 3 bytes a pixel, and some 420 for each pixel of a row.</summary>
    /// <param name="first">One picture: rows of pixels without padding, channels interleaved.</param>
    /// <param name="second">The other, of the same size.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">Samples of a pixel: 1 or 3.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>The similarities.</returns>
    /// <exception cref="ArgumentException">The lengths are not width times height times channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the channels are neither 1 nor 3.</exception>
    public static StructuralSimilarity Compare(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, int width, int height, int channels, CancellationToken cancellationToken = default)
        => Compare(first, second, width, height, new SampleFormat(channels), cancellationToken);

    /// <summary>Compares two pictures. Beside them it needs memory of 3 bytes a pixel, and some 420 for each pixel of a row.</summary>
    /// <param name="first">One picture: rows of pixels without padding, samples as the format says.</param>
    /// <param name="second">The other, of the same size and format.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="format">What the bytes are.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>The similarities.</returns>
    /// <exception cref="ArgumentException">The lengths are not width times height times bytes of a pixel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static StructuralSimilarity Compare(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, int width, int height, SampleFormat format, CancellationToken cancellationToken = default)
    {
        PictureComparison.Check(first.Length, second.Length, width, height, format);
        int channels = format.ColourChannels;
        int scales = ScalesFor(width, height);
        double ssim = 0;
        double multiScale = 0;
        for (int channel = 0; channel < channels; channel++)
        {
            (double single, double multi) = CompareChannel(
                PlaneOf(first, width, height, format, channel),
                PlaneOf(second, width, height, format, channel),
                format.Peak,
                scales,
                cancellationToken);
            ssim += single / channels;
            multiScale += multi / channels;
        }

        return new StructuralSimilarity(ssim, multiScale, scales);
    }

    /// <summary>A similarity on the scale of decibels, -10 log10(1 - similarity), on which BD-rates of MS-SSIM are taken.</summary>
    /// <param name="similarity">SSIM or MS-SSIM, at most 1.</param>
    /// <returns>Decibels; infinite for 1.</returns>
    public static double ToDecibels(double similarity) => similarity >= 1 ? double.PositiveInfinity : -10 * Math.Log10(1 - similarity);

    private static Plane PlaneOf(ReadOnlyMemory<byte> pixels, int width, int height, SampleFormat format, int channel)
        => format.BytesPerSample == 1
            ? new BytePlane(pixels, width, height, format.Channels, channel)
            : new WidePlane(pixels, width, height, format.Channels, channel);

    private static int ScalesFor(int width, int height)
    {
        int side = Math.Min(width, height);
        int scales = 1;
        while (scales < s_exponents.Length && (side = (side + 1) / 2) >= GaussianWindow.Taps)
        {
            scales++;
        }

        return scales;
    }

    private static (double Ssim, double MsSsim) CompareChannel(Plane first, Plane second, double range, int scales, CancellationToken cancellationToken)
    {
        double exponents = s_exponents.AsSpan(0, scales).ToArray().Sum();
        double ssim = 0;
        double product = 1;
        for (int scale = 0; scale < scales; scale++)
        {
            if (scale > 0)
            {
                first = first.Halve(cancellationToken);
                second = second.Halve(cancellationToken);
            }

            SsimMean mean = SsimWindow.Compare(first, second, range, cancellationToken);
            ssim = scale == 0 ? mean.Ssim : ssim;
            double factor = scale == scales - 1 ? mean.Ssim : mean.ContrastStructure;
            product *= Math.Pow(Math.Max(factor, 0), s_exponents[scale] / exponents);
        }

        return (ssim, product);
    }
}
