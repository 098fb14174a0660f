namespace VaeCodec.Metrics.Structure;

/// <summary>The weights of the separable window of SSIM: 11 taps, sigma 1.5 pixels, sum 1.</summary>
/// <remarks>Wang, Bovik, Sheikh, Simoncelli 2004, "Image quality assessment: from error visibility to structural similarity", section III-B.</remarks>
internal static class GaussianWindow
{
    /// <summary>Taps in each direction.</summary>
    public const int Taps = 11;

    private const double Sigma = 1.5;

    /// <summary>The weights for a direction in which the picture has <paramref name="length"/> samples.</summary>
    /// <remarks>Where 11 taps do not fit, the largest odd number that does is taken from the middle, and their sum brought to 1 again.</remarks>
    public static double[] For(int length)
    {
        int taps = length >= Taps ? Taps : length - 1 + (length % 2);
        double[] weights = new double[taps];
        double sum = 0;
        for (int i = 0; i < taps; i++)
        {
            double distance = i - (taps / 2);
            weights[i] = Math.Exp(-distance * distance / (2 * Sigma * Sigma));
            sum += weights[i];
        }

        for (int i = 0; i < taps; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }
}
