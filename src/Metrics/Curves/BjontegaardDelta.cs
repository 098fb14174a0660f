using VaeCodec.Metrics.Curves;

namespace VaeCodec.Metrics;

/// <summary>
/// The mean distance of two rate-distortion curves (Bjøntegaard, VCEG-M33, 2001), with monotone piecewise cubics (PCHIP)
/// through the points in place of the one cubic of 2001, as VCEG-AL22 and the newer tools have it.
/// </summary>
/// <remarks>Only the range that both curves cover counts, so values for different pairs of curves need not be of the same range.</remarks>
public static class BjontegaardDelta
{
    /// <summary>BD-rate: how much more rate a curve needs for the same quality, on average over the qualities that both reach.</summary>
    /// <param name="baseline">The curve to compare with.</param>
    /// <param name="curve">The curve in question.</param>
    /// <returns>A fraction: -0.3 is 30 % less rate than the baseline. Null when no quality is reached by both.</returns>
    public static double? Rate(RateCurve baseline, RateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(curve);
        return Mean(baseline.Qualities, baseline.LogRates, curve.Qualities, curve.LogRates) is { } logRatio ? Math.Exp(logRatio) - 1 : null;
    }

    /// <summary>BD-PSNR, and the same for another measure: how much better a curve is at the same rate, on average over the logarithms of the rates that both have.</summary>
    /// <param name="baseline">The curve to compare with.</param>
    /// <param name="curve">The curve in question.</param>
    /// <returns>The difference in the unit of the quality (dB for PSNR), positive when better. Null when the curves share no rate.</returns>
    public static double? Quality(RateCurve baseline, RateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(curve);
        return Mean(baseline.LogRates, baseline.Qualities, curve.LogRates, curve.Qualities);
    }

    private static double? Mean(double[] baseX, double[] baseY, double[] x, double[] y)
    {
        double from = Math.Max(baseX[0], x[0]);
        double to = Math.Min(baseX[^1], x[^1]);
        if (from >= to)
        {
            return null;
        }

        double area = new MonotoneCubic(x, y).Integrate(from, to) - new MonotoneCubic(baseX, baseY).Integrate(from, to);
        return area / (to - from);
    }
}
