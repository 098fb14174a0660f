namespace VaeCodec.RateDistortion.Reports.Charts;

/// <summary>An axis of a chart: from values to pixels, with ticks at round values.</summary>
internal sealed class AxisScale
{
    private readonly double _least;
    private readonly double _most;
    private readonly double _start;
    private readonly double _end;
    private readonly bool _logarithmic;

    /// <param name="values">What must fit.</param>
    /// <param name="start">Pixel of the least value.</param>
    /// <param name="end">Pixel of the greatest value.</param>
    /// <param name="logarithmic">Whether equal ratios take equal space; all values are above 0 then.</param>
    public AxisScale(IReadOnlyCollection<double> values, double start, double end, bool logarithmic)
    {
        _logarithmic = logarithmic;
        double least = Map(values.Min());
        double most = Map(values.Max());
        double margin = Math.Max((most - least) * 0.04, 1e-9);
        _least = least - margin;
        _most = most + margin;
        _start = start;
        _end = end;
    }

    /// <summary>Values for the grid, with their text.</summary>
    public IEnumerable<(double Value, string Text)> Ticks => _logarithmic ? LogarithmicTicks() : LinearTicks();

    /// <summary>The pixel of a value.</summary>
    public double At(double value) => _start + ((Map(value) - _least) / (_most - _least) * (_end - _start));

    private static string Text(double value) => value.ToString("0.####");

    private double Map(double value) => _logarithmic ? Math.Log10(value) : value;

    private IEnumerable<(double Value, string Text)> LogarithmicTicks()
    {
        for (int decade = (int)Math.Floor(_least); decade <= Math.Ceiling(_most); decade++)
        {
            foreach (int digit in (int[])[1, 2, 5])
            {
                double value = digit * Math.Pow(10, decade);
                if (Map(value) >= _least && Map(value) <= _most)
                {
                    yield return (value, Text(value));
                }
            }
        }
    }

    private IEnumerable<(double Value, string Text)> LinearTicks()
    {
        const int MostTicks = 8;
        double raw = (_most - _least) / MostTicks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        for (double index = Math.Ceiling(_least / step); index * step <= _most; index++)
        {
            yield return (index * step, Text(index * step));
        }
    }
}
