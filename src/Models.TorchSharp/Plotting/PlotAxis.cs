using System.Globalization;

namespace VaeCodec.Models.TorchSharp.Plotting;

/// <summary>A range of values, linear or logarithmic, with readable ticks.</summary>
internal sealed class PlotAxis
{
    private readonly bool _logarithmic;
    private readonly double _from;
    private readonly double _to;

    private PlotAxis(double from, double to, bool logarithmic)
    {
        (_from, _to, _logarithmic) = (from, to, logarithmic);
    }

    /// <summary>An axis that values fit on; only wild outliers are cut, which would flatten all the rest.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="logarithmic">Whether powers of ten are equally far apart.</param>
    /// <param name="fromZero">Whether the axis starts at zero.</param>
    public static PlotAxis Of(IEnumerable<double> values, bool logarithmic = false, bool fromZero = false)
    {
        double[] sorted = [.. values.Where(value => double.IsFinite(value) && (!logarithmic || value > 0)).Order()];
        if (sorted.Length == 0)
        {
            return new PlotAxis(logarithmic ? 0.1 : 0, 1, logarithmic);
        }

        int cut = sorted.Length / 50;
        double spread = 2 * (sorted[^(cut + 1)] - sorted[cut]);
        double low = logarithmic ? sorted[0] : Math.Max(sorted[0], sorted[cut] - spread), high = logarithmic ? sorted[^1] : Math.Min(sorted[^1], sorted[^(cut + 1)] + spread);
        if (logarithmic)
        {
            double ratio = Math.Max(1.1, Math.Pow(high / low, 0.06));
            return new PlotAxis(low / ratio, high * ratio, true);
        }

        low = fromZero ? Math.Min(0, low) : low;
        double margin = high > low ? 0.06 * (high - low) : Math.Max(Math.Abs(high) * 0.1, 1e-6);
        return new PlotAxis(fromZero && low == 0 ? 0 : low - margin, high + margin, false);
    }

    /// <summary>An axis of exactly this range.</summary>
    public static PlotAxis Exactly(double from, double to) => new(from, Math.Max(to, from + 1e-9), false);

    /// <summary>Length of a linear axis in its own units.</summary>
    public double Span => _to - _from;

    /// <summary>Where a value lies: 0 at the lower end, 1 at the upper one.</summary>
    public double Place(double value)
        => _logarithmic ? Math.Log(Math.Max(value, 1e-300) / _from) / Math.Log(_to / _from) : (value - _from) / (_to - _from);

    /// <summary>Values to mark, with their texts.</summary>
    /// <param name="most">About how many at most.</param>
    public IReadOnlyList<(double Value, string Text)> Ticks(int most)
    {
        if (_logarithmic && Math.Log10(_to / _from) is var decades)
        {
            double[] mantissas = decades > most ? [1] : decades > most / 3.0 ? [1, 3] : decades > 0.7 ? [1, 2, 5] : [1, 1.5, 2, 3, 5, 7];
            int every = Math.Max(1, (int)Math.Ceiling(decades / most));
            List<double> values = [];
            for (int power = (int)Math.Floor(Math.Log10(_from)); power <= Math.Log10(_to); power++)
            {
                values.AddRange(mantissas.Where(_ => power % every == 0).Select(mantissa => mantissa * Math.Pow(10, power)).Where(value => value >= _from && value <= _to));
            }

            return [.. values.Select(value => (value, Format(value, value)))];
        }

        double raw = (_to - _from) / most, scale = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = scale * (new[] { 1.0, 2, 5, 10 }).First(factor => factor * scale >= raw * 0.999);
        List<(double, string)> ticks = [];
        for (long i = (long)Math.Ceiling((_from / step) - 1e-9); i * step <= _to + (1e-9 * step); i++)
        {
            ticks.Add((i * step, Format(i * step, step)));
        }

        return ticks;
    }

    private static string Format(double value, double step)
    {
        if (value == 0)
        {
            return "0";
        }

        if (Math.Abs(step) < 0.000999)
        {
            int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
            return string.Create(CultureInfo.InvariantCulture, $"{value / Math.Pow(10, exponent):0.##}e{exponent}");
        }

        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(Math.Abs(step)) - 1e-9), 0, 6);
        return value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
