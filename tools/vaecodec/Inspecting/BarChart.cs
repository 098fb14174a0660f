using System.Globalization;
using System.Text;

namespace VaeCodec.Tool;

/// <summary>Bars beside each other, for a page.</summary>
internal static class BarChart
{
    /// <summary>Appends a chart; of values that are all zero its frame alone.</summary>
    /// <param name="html">The page.</param>
    /// <param name="values">Heights, none below 0.</param>
    /// <param name="label">What they are, for those who cannot see them.</param>
    public static void Append(StringBuilder html, IReadOnlyList<double> values, string label)
    {
        double most = values.Max();
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {values.Count} 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">");
        for (int i = 0; i < values.Count && most > 0; i++)
        {
            double height = values[i] / most * 96;
            html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i + 0.1:0.0}\" y=\"{100 - height:0.00}\" width=\"0.8\" height=\"{height:0.00}\"/>");
        }

        html.Append("</svg>\n");
    }
}
