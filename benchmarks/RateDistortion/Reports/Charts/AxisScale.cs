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

        // Values that are all alike have some room around them, too, so that ticks tell them apart.
        double margin = Math.Max((most - least) * 0.04, logarithmic ? 0.02 : Math.Max(Math.Abs(most) * 0.01, 0.01));
        _least = least - margin;
        _most = most + margin;
        _start = start;
        _end = end;
    }

    /// <summary>Values for the grid, with their text.</summary>
    public IEnumerable<(double Value, string Text)> Ticks => !_logarithmic ? LinearTicks(_least, _most) : LogarithmicTicks().Skip(1).Any() ? LogarithmicTicks() : LinearTicks(Math.Pow(10, _least), Math.Pow(10, _most));

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

    private static IEnumerable<(double Value, string Text)> LinearTicks(double least, double most)
    {
        const int MostTicks = 8;
        double raw = (most - least) / MostTicks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        for (double index = Math.Ceiling(least / step); index * step <= most; index++)
        {
            yield return (index * step, Text(index * step));
        }
    }
}
