namespace VaeCodec.Tool;

/// <summary>Peak signal-to-noise ratio over all 8-bit samples of a picture, gathered while the rows pass.</summary>
internal sealed class PsnrMeter
{
    private const double PeakSquared = 255.0 * 255.0;

    private long _squaredError;

    /// <summary>Samples compared so far.</summary>
    public long Samples { get; private set; }

    /// <summary>PSNR in dB; infinite for identical samples.</summary>
    public double Decibels => _squaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(PeakSquared * Samples / _squaredError);

    /// <summary>The value for people: two decimals, or "inf".</summary>
    public static string Format(double decibels) => double.IsInfinity(decibels) ? "inf" : decibels.ToString("0.00");

    /// <summary>Adds samples of both pictures.</summary>
    public void Add(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);

        // A long holds 2^63 / 255^2 samples, far above the largest picture.
        long sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            int difference = first[i] - second[i];
            sum += difference * difference;
        }

        _squaredError += sum;
        Samples += first.Length;
    }

    /// <summary>Compares two pictures in bands.</summary>
    /// <returns>PSNR in dB.</returns>
    /// <exception cref="VaeFormatException">Their sizes or layouts differ.</exception>
    public static async Task<double> CompareAsync(IRowSource expected, IRowSource actual, CancellationToken cancellationToken)
    {
        var sink = new ComparingSink(expected);
        await RowCopy.CopyAsync(actual, sink, cancellationToken).ConfigureAwait(false);
        return sink.Decibels;
    }
}
