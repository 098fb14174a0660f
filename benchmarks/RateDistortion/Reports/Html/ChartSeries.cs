namespace VaeCodec.RateDistortion.Reports.Html;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name beside it.</param>
/// <param name="Style">Which colour, marker and dash: series of a codec have the same one in all charts.</param>
/// <param name="Points">The points from left to right, each with the text to show when it is pointed at.</param>
internal sealed record ChartSeries(string Name, int Style, IReadOnlyList<(double X, double Y, string Text)> Points);
