namespace VaeCodec.RateDistortion.Reports.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name beside it.</param>
/// <param name="Style">Which colour and marker: series of a codec have the same one in all charts.</param>
/// <param name="Points">The points from left to right, each with the text to show when it is pointed at.</param>
/// <param name="Published">Whether others measured it: its line is dashed, and its marks are small and hollow.</param>
internal sealed record ChartSeries(string Name, int Style, IReadOnlyList<(double X, double Y, string Text)> Points, bool Published = false)
{
    /// <summary>The class that chart.css has colours for.</summary>
    public string Class => $"{(Published ? 'p' : 's')}{Style}";
}
