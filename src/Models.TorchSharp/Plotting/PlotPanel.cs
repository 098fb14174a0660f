using System.Globalization;
using System.Security;
using System.Text;

namespace VaeCodec.Models.TorchSharp.Plotting;

/// <summary>One diagram: title, axes, series.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Vertical">Label of the vertical axis.</param>
/// <param name="Horizontal">Label of the horizontal axis.</param>
internal sealed record PlotPanel(string Title, string Vertical, string Horizontal)
{
    public const int Width = 570;
    public const int Height = 290;

    private const int Left = 66, Right = 18, Top = 34, Bottom = 46;
    private const int InnerWidth = Width - Left - Right, InnerHeight = Height - Top - Bottom;
    private const double Marker = 3.6;

    /// <summary>What is drawn, in this order.</summary>
    public List<PlotSeries> Series { get; } = [];

    /// <summary>The horizontal axis.</summary>
    public required PlotAxis Across { get; init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Whether the vertical axis starts at zero.</summary>
    public bool FromZero { get; init; }

    /// <summary>What to say where there is nothing to draw.</summary>
    public string Empty { get; init; } = "nothing logged";

    /// <summary>Draws the panel with its upper left corner at a place.</summary>
    public void Draw(StringBuilder svg, int x, int y, int number)
    {
        PlotAxis up = PlotAxis.Of(Series.SelectMany(series => series.Points).Select(point => point.Y), Logarithmic, FromZero);
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"panel\" transform=\"translate({x} {y})\">\n<text class=\"title\" x=\"{Left}\" y=\"20\">{Escape(Title)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"clip{number}\"><rect x=\"{Left}\" y=\"{Top}\" width=\"{InnerWidth}\" height=\"{InnerHeight}\"/></clipPath>\n");
        DrawAxes(svg, up);
        svg.Append(CultureInfo.InvariantCulture, $"<g clip-path=\"url(#clip{number})\">\n");
        foreach (PlotSeries series in Series)
        {
            DrawSeries(svg, series, up);
        }

        svg.Append("</g>\n");
        if (Series.All(series => series.Points.Count == 0))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{Left + (InnerWidth / 2)}\" y=\"{Top + (InnerHeight / 2)}\" text-anchor=\"middle\">{Escape(Empty)}</text>\n");
        }

        svg.Append("</g>\n");
    }

    /// <summary>Makes a text safe in XML: marks escaped, characters that XML 1.0 does not know replaced.</summary>
    public static string Escape(string text)
        => SecurityElement.Escape(string.Concat(text.EnumerateRunes().Select(rune => rune.Value is < 0x20 or 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString())));

    private void DrawAxes(StringBuilder svg, PlotAxis up)
    {
        foreach ((double value, string text) in up.Ticks(6))
        {
            double y = Top + (InnerHeight * (1 - up.Place(value)));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {y:F1}H{Left + InnerWidth}\"/><text class=\"tick\" x=\"{Left - 7}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{text}</text>\n");
        }

        foreach ((double value, string text) in Across.Ticks(7))
        {
            double x = Left + (InnerWidth * Across.Place(value));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{x:F1} {Top}V{Top + InnerHeight}\"/><text class=\"tick\" x=\"{x:F1}\" y=\"{Top + InnerHeight + 17}\" text-anchor=\"middle\">{text}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Top}V{Top + InnerHeight}H{Left + InnerWidth}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{Left + (InnerWidth / 2)}\" y=\"{Height - 9}\" text-anchor=\"middle\">{Escape(Horizontal)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" transform=\"translate(15 {Top + (InnerHeight / 2)}) rotate(-90)\" text-anchor=\"middle\">{Escape(Vertical)}</text>\n");
    }

    private void DrawSeries(StringBuilder svg, PlotSeries series, PlotAxis up)
    {
        List<PlotPoint> places = [.. series.Points.Select(point => new PlotPoint(Left + (InnerWidth * Across.Place(point.X)), Top + (InnerHeight * (1 - Math.Clamp(up.Place(point.Y), -1, 2)))))];
        string style = series.Style.ToString().ToLowerInvariant();
        if (places.Count > 1)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{style} run{series.Run}\" d=\"");
            for (int i = 0; i < places.Count; i++)
            {
                svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{places[i].X:F1} {places[i].Y:F1}");
            }

            svg.Append("\"/>\n");
        }

        if (series.Style is PlotStyle.HeldOut or PlotStyle.Training || places.Count == 1)
        {
            foreach (PlotPoint place in places)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style} run{series.Run}\" cx=\"{place.X:F1}\" cy=\"{place.Y:F1}\" r=\"{Marker}\"/>\n");
            }
        }

        if (series.Label is { } label && places.Count > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{places[^1].X + 7:F1}\" y=\"{places[^1].Y + 4:F1}\">{Escape(label)}</text>\n");
        }
    }
}
