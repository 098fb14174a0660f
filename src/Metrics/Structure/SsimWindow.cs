using System.Numerics;
using System.Runtime.InteropServices;

namespace VaeCodec.Metrics.Structure;

/// <summary>
/// Slides the Gaussian window over two planes, wherever it fits whole (no padding), in double precision. Four filtered
/// signals suffice: x, y, xx + yy and xy, because SSIM needs only the sum of the variances.
/// </summary>
internal sealed class SsimWindow
{
    private const double K1 = 0.01;
    private const double K2 = 0.03;
    private const int Signals = 4;

    // (K1 L)^2 and (K2 L)^2, L the dynamic range.
    private readonly double _c1;
    private readonly double _c2;
    private readonly Plane _first;
    private readonly Plane _second;
    private readonly double[] _across;
    private readonly double[] _down;
    private readonly int _columns;
    private readonly double[][] _rows;
    private readonly double[][] _horizontal;
    private readonly double[][] _vertical;

    private SsimWindow(Plane first, Plane second, double range)
    {
        _c1 = K1 * range * (K1 * range);
        _c2 = K2 * range * (K2 * range);
        _first = first;
        _second = second;
        _across = GaussianWindow.For(first.Width);
        _down = GaussianWindow.For(first.Height);
        _columns = first.Width - _across.Length + 1;
        _rows = Rows(Signals, first.Width);
        _horizontal = Rows(Signals * _down.Length, _columns);
        _vertical = Rows(Signals, _columns);
    }

    /// <summary>Compares two planes of the same size.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="range">The dynamic range, which is the largest sample: 255 for 8 bits.</param>
    /// <param name="cancellationToken">Asked before each row.</param>
    public static SsimMean Compare(Plane first, Plane second, double range, CancellationToken cancellationToken) => new SsimWindow(first, second, range).Run(cancellationToken);

    private static double[][] Rows(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];

    private static void Multiply(double[] source, double weight, double[] target)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(source.AsSpan(0, target.Length));
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(target.AsSpan());
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = from[i] * weight;
        }

        for (int i = to.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] = source[i] * weight;
        }
    }

    private static void MultiplyAdd(ReadOnlySpan<double> source, double weight, double[] target)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(source[..target.Length]);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(target.AsSpan());
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * weight;
        }

        for (int i = to.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += source[i] * weight;
        }
    }

    private SsimMean Run(CancellationToken cancellationToken)
    {
        double ssim = 0;
        double contrast = 0;
        for (int row = 0; row < _first.Height; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FilterAcross(row);
            if (row < _down.Length - 1)
            {
                continue;
            }

            FilterDown(row - _down.Length + 1);
            AddRow(ref ssim, ref contrast);
        }

        double positions = (double)_columns * (_first.Height - _down.Length + 1);
        return new SsimMean(ssim / positions, contrast / positions);
    }

    private void FilterAcross(int row)
    {
        double[] x = _rows[0], y = _rows[1], squares = _rows[2], products = _rows[3];
        _first.ReadRow(row, x);
        _second.ReadRow(row, y);
        for (int i = 0; i < x.Length; i++)
        {
            squares[i] = (x[i] * x[i]) + (y[i] * y[i]);
            products[i] = x[i] * y[i];
        }

        int slot = row % _down.Length * Signals;
        for (int signal = 0; signal < Signals; signal++)
        {
            double[] target = _horizontal[slot + signal];
            Multiply(_rows[signal], _across[0], target);
            for (int tap = 1; tap < _across.Length; tap++)
            {
                MultiplyAdd(_rows[signal].AsSpan(tap), _across[tap], target);
            }
        }
    }

    private void FilterDown(int firstRow)
    {
        for (int signal = 0; signal < Signals; signal++)
        {
            double[] target = _vertical[signal];
            Multiply(_horizontal[(firstRow % _down.Length * Signals) + signal], _down[0], target);
            for (int tap = 1; tap < _down.Length; tap++)
            {
                MultiplyAdd(_horizontal[((firstRow + tap) % _down.Length * Signals) + signal], _down[tap], target);
            }
        }
    }

    private void AddRow(ref double ssim, ref double contrast)
    {
        double[] x = _vertical[0], y = _vertical[1], squares = _vertical[2], products = _vertical[3];
        double c1 = _c1, c2 = _c2;
        for (int i = 0; i < x.Length; i++)
        {
            double meanProduct = x[i] * y[i];
            double meanSquares = (x[i] * x[i]) + (y[i] * y[i]);
            double structure = ((2 * (products[i] - meanProduct)) + c2) / (squares[i] - meanSquares + c2);
            contrast += structure;
            ssim += ((2 * meanProduct) + c1) / (meanSquares + c1) * structure;
        }
    }
}
