namespace VaeCodec.Metrics;

/// <summary>A rate-distortion curve: points of rising rate and rising quality.</summary>
public sealed class RateCurve
{
    private RateCurve(RatePoint[] points) => Points = points;

    /// <summary>The points, rate and quality both strictly rising; at least two.</summary>
    public IReadOnlyList<RatePoint> Points { get; }

    internal double[] LogRates => [.. Points.Select(point => Math.Log(point.Rate))];

    internal double[] Qualities => [.. Points.Select(point => point.Quality)];

    /// <summary>
    /// Makes a curve from points in any order. A point that costs no less than another and is no better is left out (the
    /// upper envelope), since an encoder would not be run there.
    /// </summary>
    /// <param name="points">The points.</param>
    /// <param name="curve">The curve, or null when fewer than two points remain.</param>
    /// <returns>Whether there is a curve.</returns>
    /// <exception cref="ArgumentException">A rate is not a finite number above 0, or a quality is not finite.</exception>
    public static bool TryCreate(IEnumerable<RatePoint> points, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RateCurve? curve)
    {
        ArgumentNullException.ThrowIfNull(points);
        var envelope = new List<RatePoint>();
        foreach (RatePoint point in points.OrderBy(point => point.Rate).ThenByDescending(point => point.Quality))
        {
            if (!(double.IsFinite(point.Rate) && point.Rate > 0 && double.IsFinite(point.Quality)))
            {
                throw new ArgumentException($"Rate {point.Rate} and quality {point.Quality} are no point of a curve: the rate is above 0, and both are finite.", nameof(points));
            }

            if (envelope.Count == 0 || point.Quality > envelope[^1].Quality)
            {
                envelope.Add(point);
            }
        }

        curve = envelope.Count < 2 ? null : new RateCurve([.. envelope]);
        return curve is not null;
    }
}
