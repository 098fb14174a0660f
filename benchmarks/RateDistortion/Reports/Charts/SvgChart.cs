using System.Globalization;
using System.Net;
using System.Text;

namespace VaeCodec.RateDistortion.Reports.Charts;

/// <summary>Draws lines or points on a plane with a logarithmic axis across, as SVG.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XLabel">The axis across.</param>
/// <param name="YLabel">The axis upwards.</param>
/// <param name="Lines">Whether the points of a series are joined.</param>
internal sealed record SvgChart(string Title, string XLabel, string YLabel, bool Lines)
{
    /// <summary>Styles that can be told apart.</summary>
    public const int StyleCount = 8;

    /// <summary>Styles of published curves that can be told apart.</summary>
    public const int PublishedStyleCount = 4;

    private const double Height = 480;
    private const double Left = 64;
    private const double Right = 656;
    private const double LeastMargin = 104;
    private const double LetterWidth = 7.3;
    private const double TitleHeight = 36;
    private const double Top = 16;
    private const double Bottom = Height - 52;
    private const double LabelHeight = 15;

    /// <summary>The drawing for a page that has chart.css.</summary>
    public string Draw(IReadOnlyList<ChartSeries> series)
    {
        double width = Width(series);
        string head = Invariant($"<svg class=\"chart\" viewBox=\"0 0 {width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Title)}\">");
        return Draw(series, head);
    }

    /// <summary>The drawing as a file of its own, with its title and its own ground: it can be read whatever the page around it looks like.</summary>
    public string DrawFile(IReadOnlyList<ChartSeries> series)
    {
        double width = Width(series);
        string size = Invariant($"width=\"{width}\" height=\"{Height + TitleHeight}\"");
        string title = WebUtility.HtmlEncode(Title);
        var head = new StringBuilder();
        head.AppendLine(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart file\" viewBox=\"0 {-TitleHeight} {width} {Height + TitleHeight}\" {size} role=\"img\" aria-label=\"{title}\">"));
        head.AppendLine($"<style>{Resource.Read("chart.css")}</style>");
        head.AppendLine(Invariant($"<rect class=\"paper\" y=\"{-TitleHeight}\" {size} rx=\"6\"/><text class=\"title\" x=\"{Left}\" y=\"-10\">{title}</text>"));
        return Draw(series, head.ToString());
    }

    private string Draw(IReadOnlyList<ChartSeries> series, string head)
    {
        var across = new AxisScale([.. series.SelectMany(line => line.Points).Select(point => point.X)], Left, Right, true);
        var up = new AxisScale([.. series.SelectMany(line => line.Points).Select(point => point.Y)], Bottom, Top, false);
        var svg = new StringBuilder(head);
        AppendGrid(svg, across, up);

        // The first series is the one that matters most: it is drawn last, over the others.
        foreach (ChartSeries line in series.Reverse())
        {
            AppendSeries(svg, line, across, up);
        }

        AppendNames(svg, series, across, up);
        return svg.AppendLine("</svg>").ToString();
    }

    /// <summary>Names stand to the right of the drawing, and none may be cut off.</summary>
    private static double Width(IReadOnlyList<ChartSeries> series)
        => Math.Ceiling(Right + Math.Max(LeastMargin, 12 + (LetterWidth * series.Max(line => line.Name.Length))));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Marker(int style, double x, double y) => style switch
    {
        0 => Invariant($"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3.6\"/>"),
        1 => Invariant($"<rect x=\"{x - 3.2:F1}\" y=\"{y - 3.2:F1}\" width=\"6.4\" height=\"6.4\"/>"),
        2 => Invariant($"<path d=\"M{x:F1} {y - 4.4:F1}l4.2 7.4h-8.4z\"/>"),
        3 => Invariant($"<path d=\"M{x:F1} {y - 4.6:F1}l4.6 4.6l-4.6 4.6l-4.6 -4.6z\"/>"),
        4 => Invariant($"<path d=\"M{x:F1} {y + 4.4:F1}l4.2 -7.4h-8.4z\"/>"),
        5 => Invariant($"<path class=\"open\" d=\"M{x - 3.4:F1} {y - 3.4:F1}l6.8 6.8m0 -6.8l-6.8 6.8\"/>"),
        6 => Invariant($"<path class=\"open\" d=\"M{x - 4.2:F1} {y:F1}h8.4m-4.2 -4.2v8.4\"/>"),
        _ => Invariant($"<circle class=\"open\" cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3.6\"/>"),
    };

    private static string SmallMarker(int style, double x, double y) => style switch
    {
        0 => Invariant($"<circle class=\"open\" cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"2.4\"/>"),
        1 => Invariant($"<rect class=\"open\" x=\"{x - 2.2:F1}\" y=\"{y - 2.2:F1}\" width=\"4.4\" height=\"4.4\"/>"),
        2 => Invariant($"<path class=\"open\" d=\"M{x:F1} {y - 3:F1}l2.8 5h-5.6z\"/>"),
        _ => Invariant($"<path class=\"open\" d=\"M{x:F1} {y - 3.2:F1}l3.2 3.2l-3.2 3.2l-3.2 -3.2z\"/>"),
    };

    private void AppendGrid(StringBuilder svg, AxisScale across, AxisScale up)
    {
        svg.Append("<g class=\"grid\">");
        foreach ((double value, string text) in across.Ticks)
        {
            svg.Append(Invariant($"<path d=\"M{across.At(value):F1} {Top}V{Bottom}\"/><text x=\"{across.At(value):F1}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{text}</text>"));
        }

        foreach ((double value, string text) in up.Ticks)
        {
            svg.Append(Invariant($"<path d=\"M{Left} {up.At(value):F1}H{Right}\"/><text x=\"{Left - 8}\" y=\"{up.At(value) + 4:F1}\" text-anchor=\"end\">{text}</text>"));
        }

        double middle = (Top + Bottom) / 2;
        svg.Append(Invariant($"<text class=\"axis\" x=\"{(Left + Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(XLabel)}</text>"));
        svg.AppendLine(Invariant($"<text class=\"axis\" x=\"16\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {middle})\">{WebUtility.HtmlEncode(YLabel)}</text></g>"));
    }

    private void AppendSeries(StringBuilder svg, ChartSeries line, AxisScale across, AxisScale up)
    {
        svg.Append($"<g class=\"{line.Class}\">");
        if (Lines)
        {
            string path = string.Join('L', line.Points.Select(point => Invariant($"{across.At(point.X):F1} {up.At(point.Y):F1}")));
            svg.Append($"<path class=\"line\" d=\"M{path}\"/>");
        }

        foreach ((double x, double y, string text) in line.Points)
        {
            svg.Append($"<g class=\"point\" tabindex=\"0\" data-tip=\"{WebUtility.HtmlEncode(text)}\"><title>{WebUtility.HtmlEncode(text)}</title>{(line.Published ? SmallMarker(line.Style, across.At(x), up.At(y)) : Marker(line.Style, across.At(x), up.At(y)))}</g>");
        }

        svg.AppendLine("</g>");
    }

    /// <summary>Names stand to the right of the last points, moved apart where they would overlap.</summary>
    private static void AppendNames(StringBuilder svg, IReadOnlyList<ChartSeries> series, AxisScale across, AxisScale up)
    {
        var names = series.Select(line => (Line: line, X: across.At(line.Points[^1].X), Y: up.At(line.Points[^1].Y))).OrderBy(name => name.Y).ToList();
        double[] places = new double[names.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Math.Max(names[i].Y, i == 0 ? Top : places[i - 1] + LabelHeight);
        }

        for (int i = places.Length - 1; i >= 0; i--)
        {
            places[i] = Math.Min(places[i], i == places.Length - 1 ? Bottom : places[i + 1] - LabelHeight);
        }

        for (int i = 0; i < places.Length; i++)
        {
            (ChartSeries line, double x, double y) = names[i];
            svg.Append(Invariant($"<g class=\"{line.Class}\"><path class=\"leader\" d=\"M{x + 6:F1} {y:F1}L{Right + 4} {places[i]:F1}\"/>"));
            svg.AppendLine(Invariant($"<text class=\"name\" x=\"{Right + 8}\" y=\"{places[i] + 4:F1}\">{WebUtility.HtmlEncode(line.Name)}</text></g>"));
        }
    }
}
