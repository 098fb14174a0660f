namespace VaeCodec.Metrics.Curves;

/// <summary>
/// Piecewise cubic Hermite interpolation that keeps the data's monotonicity (PCHIP), with the slopes of Fritsch and
/// Butland 1984 (weighted harmonic means) and one-sided three-point slopes at the ends, as SciPy and MATLAB have it.
/// </summary>
internal sealed class MonotoneCubic
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _slopes;

    /// <param name="x">Strictly rising, at least two.</param>
    /// <param name="y">As many.</param>
    public MonotoneCubic(double[] x, double[] y)
    {
        _x = x;
        _y = y;
        _slopes = Slopes(x, y);
    }

    /// <summary>The integral between two places within the data.</summary>
    public double Integrate(double from, double to)
    {
        double sum = 0;
        for (int piece = 0; piece < _x.Length - 1; piece++)
        {
            double start = Math.Max(from, _x[piece]);
            double end = Math.Min(to, _x[piece + 1]);
            if (start < end)
            {
                // Simpson's rule is exact for a cubic.
                sum += (end - start) / 6 * (At(piece, start) + (4 * At(piece, (start + end) / 2)) + At(piece, end));
            }
        }

        return sum;
    }

    private static double[] Slopes(double[] x, double[] y)
    {
        int pieces = x.Length - 1;
        double[] widths = new double[pieces];
        double[] rises = new double[pieces];
        for (int i = 0; i < pieces; i++)
        {
            widths[i] = x[i + 1] - x[i];
            rises[i] = (y[i + 1] - y[i]) / widths[i];
        }

        if (pieces == 1)
        {
            return [rises[0], rises[0]];
        }

        double[] slopes = new double[x.Length];
        for (int i = 1; i < pieces; i++)
        {
            if (rises[i - 1] * rises[i] > 0)
            {
                double left = (2 * widths[i]) + widths[i - 1];
                double right = widths[i] + (2 * widths[i - 1]);
                slopes[i] = (left + right) / ((left / rises[i - 1]) + (right / rises[i]));
            }
        }

        slopes[0] = EndSlope(widths[0], widths[1], rises[0], rises[1]);
        slopes[^1] = EndSlope(widths[^1], widths[^2], rises[^1], rises[^2]);
        return slopes;
    }

    private static double EndSlope(double width, double nextWidth, double rise, double nextRise)
    {
        double slope = ((((2 * width) + nextWidth) * rise) - (width * nextRise)) / (width + nextWidth);
        if (slope * rise <= 0)
        {
            return 0;
        }

        return rise * nextRise <= 0 && Math.Abs(slope) > 3 * Math.Abs(rise) ? 3 * rise : slope;
    }

    private double At(int piece, double x)
    {
        double width = _x[piece + 1] - _x[piece];
        double t = (x - _x[piece]) / width;
        double s = 1 - t;
        return (s * s * (((1 + (2 * t)) * _y[piece]) + (t * width * _slopes[piece])))
            + (t * t * (((1 + (2 * s)) * _y[piece + 1]) - (s * width * _slopes[piece + 1])));
    }
}
