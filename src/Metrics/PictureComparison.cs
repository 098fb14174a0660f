namespace VaeCodec.Metrics;

/// <summary>All measures of the difference between two pictures.</summary>
/// <param name="Psnr">See <see cref="SampleDifference.Psnr"/>.</param>
/// <param name="PsnrY">See <see cref="SampleDifference.PsnrY"/>.</param>
/// <param name="MaxError">See <see cref="SampleDifference.MaxError"/>.</param>
/// <param name="Ssim">See <see cref="StructuralSimilarity.Ssim"/>.</param>
/// <param name="MsSsim">See <see cref="StructuralSimilarity.MsSsim"/>.</param>
public sealed record PictureComparison(double Psnr, double PsnrY, int MaxError, double Ssim, double MsSsim)
{
    /// <summary>See <see cref="SampleDifference.AlphaPsnr"/>; null where there is no alpha.</summary>
    public double? AlphaPsnr { get; init; }

    /// <summary>See <see cref="SampleDifference.MaxAlphaError"/>; null where there is no alpha.</summary>
    public int? MaxAlphaError { get; init; }

    /// <summary>Compares two pictures of 8-bit samples without alpha. Beside them it needs memory of 3 bytes a pixel, and some 420 for each pixel of a row.</summary>
    /// <param name="first">One picture: rows of pixels without padding, channels interleaved.</param>
    /// <param name="second">The other, of the same size.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">Samples of a pixel: 1 (grey) or 3 (red, green, blue).</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>The measures.</returns>
    /// <exception cref="ArgumentException">The lengths are not width times height times channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the channels are neither 1 nor 3.</exception>
    public static PictureComparison Compare(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, int width, int height, int channels, CancellationToken cancellationToken = default)
        => Compare(first, second, width, height, new SampleFormat(channels), cancellationToken);

    /// <summary>Compares two pictures. Beside them it needs memory of 3 bytes a pixel, and some 420 for each pixel of a row.</summary>
    /// <param name="first">One picture: rows of pixels without padding, samples as the format says.</param>
    /// <param name="second">The other, of the same size and format.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="format">What the bytes are.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <returns>The measures.</returns>
    /// <exception cref="ArgumentException">The lengths are not width times height times bytes of a pixel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static PictureComparison Compare(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, int width, int height, SampleFormat format, CancellationToken cancellationToken = default)
    {
        Check(first.Length, second.Length, width, height, format);
        var difference = new SampleDifference(format);
        int row = width * format.BytesPerPixel;
        for (int y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            difference.Add(first.Span.Slice(y * row, row), second.Span.Slice(y * row, row));
        }

        var structure = StructuralSimilarity.Compare(first, second, width, height, format, cancellationToken);
        return new PictureComparison(difference.Psnr, difference.PsnrY, difference.MaxError, structure.Ssim, structure.MsSsim)
        {
            AlphaPsnr = difference.AlphaPsnr,
            MaxAlphaError = difference.MaxAlphaError,
        };
    }

    internal static void Check(int first, int second, int width, int height, SampleFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long expected = (long)width * height * format.BytesPerPixel;
        if (first != expected || second != expected)
        {
            throw new ArgumentException($"{width} x {height} pixels of {format.BytesPerPixel} bytes are {expected} bytes, not {first} and {second}.", nameof(first));
        }
    }
}
