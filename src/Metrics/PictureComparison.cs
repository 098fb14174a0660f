namespace VaeCodec.Metrics;

/// <summary>All measures of the difference between two pictures of 8-bit samples.</summary>
/// <param name="Psnr">See <see cref="SampleDifference.Psnr"/>.</param>
/// <param name="PsnrY">See <see cref="SampleDifference.PsnrY"/>.</param>
/// <param name="MaxError">See <see cref="SampleDifference.MaxError"/>.</param>
/// <param name="Ssim">See <see cref="StructuralSimilarity.Ssim"/>.</param>
/// <param name="MsSsim">See <see cref="StructuralSimilarity.MsSsim"/>.</param>
public sealed record PictureComparison(double Psnr, double PsnrY, int MaxError, double Ssim, double MsSsim)
{
    /// <summary>Compares two pictures. Beside them it needs memory of 3 bytes a pixel.</summary>
    /// <param name="first">One picture: rows of pixels without padding, channels interleaved.</param>
    /// <param name="second">The other, of the same size.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">Samples of a pixel: 1 (grey) or 3 (red, green, blue).</param>
    /// <returns>The measures.</returns>
    /// <exception cref="ArgumentException">The lengths are not width times height times channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the channels are neither 1 nor 3.</exception>
    public static PictureComparison Compare(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, int width, int height, int channels)
    {
        Check(first.Length, second.Length, width, height, channels);
        var difference = new SampleDifference(channels);
        difference.Add(first.Span, second.Span);
        var structure = StructuralSimilarity.Compare(first, second, width, height, channels);
        return new PictureComparison(difference.Psnr, difference.PsnrY, difference.MaxError, structure.Ssim, structure.MsSsim);
    }

    internal static void Check(int first, int second, int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Pictures of 1 or 3 channels are compared.");
        }

        long expected = (long)width * height * channels;
        if (first != expected || second != expected)
        {
            throw new ArgumentException($"{width} x {height} pixels of {channels} samples are {expected} samples, not {first} and {second}.", nameof(first));
        }
    }
}
