namespace VaeCodec.Models.TorchSharp.Plotting;

/// <summary>Smooths and thins curves.</summary>
internal static class Smoothing
{
    private const int MostPoints = 1500;
    private const int SmoothPoints = 400;

    /// <summary>Width of the Gaussian window as a share of the range of steps.</summary>
    private const double Width = 0.015;

    /// <summary>Weighted means under a moving Gaussian window; centred, so that a smoothed curve does not lag.</summary>
    /// <param name="points">Finite points by rising x.</param>
    public static IReadOnlyList<PlotPoint> Smooth(IReadOnlyList<PlotPoint> points)
    {
        if (points.Count < 3)
        {
            return points;
        }

        double range = points[^1].X - points[0].X;
        double sigma = Math.Max(Width * range, 1.5 * range / points.Count);
        int count = Math.Min(SmoothPoints, points.Count);
        List<PlotPoint> result = new(count);
        for (int i = 0, first = 0; i < count; i++)
        {
            double x = points[0].X + (range * i / (count - 1)), sum = 0, weights = 0;
            for (; points[first].X < x - (4 * sigma) && first < points.Count - 1; first++)
            {
            }

            for (int j = first; j < points.Count && points[j].X <= x + (4 * sigma); j++)
            {
                double distance = (points[j].X - x) / sigma;
                double weight = Math.Exp(-0.5 * distance * distance);
                sum += weight * points[j].Y;
                weights += weight;
            }

            if (weights > 0)
            {
                result.Add(new PlotPoint(x, sum / weights));
            }
        }

        return result;
    }

    /// <summary>Every n-th point, so that a plot of a long run stays a small file.</summary>
    public static IReadOnlyList<PlotPoint> Thin(IReadOnlyList<PlotPoint> points)
    {
        int step = (points.Count + MostPoints - 1) / MostPoints;
        return step <= 1 ? points : [.. points.Where((_, i) => i % step == 0)];
    }
}
