using System.Globalization;
using System.Text;
using VaeCodec.Models.TorchSharp.Reporting;

namespace VaeCodec.Models.TorchSharp.Plotting;

/// <summary>The logs of runs as one picture (SVG), each run in a colour of its own: the palette of Okabe and Ito, told apart by colour-blind people, too.</summary>
public static class RunPlot
{
    /// <summary>Most runs in a plot: as many as there are colours.</summary>
    public const int MaxRuns = 7;

    private const int Columns = 2;
    private const int Margin = 14;
    private const string Steps = "step";

    /// <summary>How far apart the marks of two levels stand, as a share of the axis.</summary>
    private const double LevelsApart = 0.013;

    private static readonly string[] s_light = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b07800", "#3a9fd8", "#222222"];
    private static readonly string[] s_dark = ["#56b4e9", "#ff8a47", "#2fcb9c", "#eda3cb", "#f0b429", "#9aa8ff", "#e8e8e8"];

    /// <summary>Draws runs, one over the other.</summary>
    /// <param name="runs">1 to <see cref="MaxRuns"/> runs.</param>
    /// <returns>A whole SVG file that needs nothing else and suits light and dark pages.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or too many.</exception>
    public static string Draw(IReadOnlyList<RunHistory> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count, nameof(runs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(runs.Count, MaxRuns, nameof(runs));
        List<PlotPanel> panels = Panels(runs);
        int header = 52 + (20 * ((runs.Count + 3) / 4));
        int width = (Columns * PlotPanel.Width) + (2 * Margin), height = header + ((panels.Count + 1) / Columns * PlotPanel.Height) + Margin;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"Training of {PlotPanel.Escape(string.Join(", ", runs.Select(run => run.Name)))}\">\n");
        DrawStyle(svg);
        svg.Append("<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        DrawLegend(svg, runs);
        for (int i = 0; i < panels.Count; i++)
        {
            panels[i].Draw(svg, Margin + (i % Columns * PlotPanel.Width), header + (i / Columns * PlotPanel.Height), i);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static List<PlotPanel> Panels(IReadOnlyList<RunHistory> runs)
    {
        double last = runs.SelectMany(run => run.Training.Select(point => point.Step).Concat(run.Validation.Select(record => record.Step))).DefaultIfEmpty(1).Max();
        PlotAxis across = PlotAxis.Exactly(0, last * 1.06);
        List<PlotPanel> panels =
        [
            Progress(new PlotPanel("Loss", "loss", Steps) { Across = across }, runs, point => point.Loss),
            Progress(new PlotPanel("Rate, all levels mixed", "bits per pixel", Steps) { Across = across }, runs, point => point.BitsPerPixel),
            Progress(new PlotPanel("PSNR, all levels mixed", "dB", Steps) { Across = across }, runs, point => point.Psnr),
            Progress(new PlotPanel("Norm of the gradient before clipping", "norm (logarithmic)", Steps) { Across = across, Logarithmic = true }, runs, point => point.GradientNorm),
            Progress(new PlotPanel("Learning rate", "rate", Steps) { Across = across, FromZero = true }, runs, point => point.LearningRate, smooth: false),
            LatestCurves(runs),
            ByLevel(new PlotPanel("Validated rate by level, levels side by side", "bits per pixel (logarithmic)", Steps) { Across = across, Logarithmic = true, Empty = "no validation yet" }, runs, record => (record.BitsPerPixel, record.TrainingBitsPerPixel)),
            ByLevel(new PlotPanel("Validated PSNR by level, levels side by side", "dB", Steps) { Across = across, Empty = "no validation yet" }, runs, record => (record.Psnr, record.TrainingPsnr)),
        ];
        return panels;
    }

    private static PlotPanel Progress(PlotPanel panel, IReadOnlyList<RunHistory> runs, Func<TrainPoint, double> value, bool smooth = true)
    {
        List<PlotSeries> strong = [];
        for (int run = 0; run < runs.Count; run++)
        {
            List<PlotPoint> points = [.. runs[run].Training.Select(point => new PlotPoint(point.Step, value(point))).Where(point => double.IsFinite(point.Y))];
            if (smooth)
            {
                panel.Series.Add(new PlotSeries(Smoothing.Thin(points), run, PlotStyle.Raw));
            }

            strong.Add(new PlotSeries(smooth ? Smoothing.Smooth(points) : Smoothing.Thin(points), run, PlotStyle.Smooth));
        }

        panel.Series.AddRange(strong);
        return panel;
    }

    /// <summary>Rate against PSNR at the latest validation of each run.</summary>
    private static PlotPanel LatestCurves(IReadOnlyList<RunHistory> runs)
    {
        List<PlotSeries> series = [];
        for (int run = 0; run < runs.Count; run++)
        {
            int latest = runs[run].Validation.Select(record => record.Step).DefaultIfEmpty(-1).Max();
            List<ValidationRecord> records = [.. runs[run].Validation.Where(record => record.Step == latest).OrderBy(record => record.Level)];
            series.Add(new PlotSeries([.. records.Select(record => new PlotPoint(record.TrainingBitsPerPixel, record.TrainingPsnr)).Where(IsFinite)], run, PlotStyle.Training));
            series.Add(new PlotSeries([.. records.Select(record => new PlotPoint(record.BitsPerPixel, record.Psnr)).Where(IsFinite)], run, PlotStyle.HeldOut));
        }

        PlotPanel panel = new("Latest validation", "PSNR in dB", "bits per pixel")
        {
            Across = PlotAxis.Of(series.SelectMany(one => one.Points).Select(point => point.X), fromZero: true),
            Empty = "no validation yet",
        };
        panel.Series.AddRange(series);
        return panel;
    }

    private static PlotPanel ByLevel(PlotPanel panel, IReadOnlyList<RunHistory> runs, Func<ValidationRecord, (double HeldOut, double Training)> values)
    {
        List<PlotSeries> marks = [];
        double[] levels = [.. runs.SelectMany(run => run.Validation).Select(record => record.Level).Distinct().Order()];
        for (int run = 0; run < runs.Count; run++)
        {
            foreach (IGrouping<double, ValidationRecord> level in runs[run].Validation.GroupBy(record => record.Level))
            {
                // Levels stand side by side, so that the line between two marks is plainly that of their level.
                double aside = panel.Across.Span * LevelsApart * (Array.IndexOf(levels, level.Key) - ((levels.Length - 1) / 2.0));
                PlotPoint Held(ValidationRecord record) => new(record.Step + aside, values(record).HeldOut);
                PlotPoint Seen(ValidationRecord record) => new(record.Step + aside, values(record).Training);
                List<PlotPoint> held = [.. level.Select(Held).Where(IsFinite)];
                List<PlotPoint> seen = [.. level.Select(Seen).Where(IsFinite)];
                panel.Series.AddRange(level.Select(record => new PlotSeries([Held(record), Seen(record)], run, PlotStyle.Gap)).Where(gap => gap.Points.All(IsFinite)));
                marks.Add(new PlotSeries(seen, run, PlotStyle.Training));
                marks.Add(new PlotSeries(held, run, PlotStyle.HeldOut) { Label = run == 0 ? string.Create(CultureInfo.InvariantCulture, $"{level.Key:0.#}") : null });
            }
        }

        panel.Series.AddRange(marks);
        return panel;
    }

    private static bool IsFinite(PlotPoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static void DrawStyle(StringBuilder svg)
    {
        svg.Append("<style>\n.page{fill:#fff}text{fill:#222;font-family:system-ui,'DejaVu Sans',sans-serif}.title{font-size:15px;font-weight:600}.name{font-size:14px}.label{font-size:12.5px}.tick{font-size:11.5px}\n");
        svg.Append(".grid{stroke:#e4e4e4;fill:none}.axis{stroke:#777;fill:none}.raw{opacity:.3;stroke-width:1;fill:none}.smooth{stroke-width:2.2;fill:none;stroke-linejoin:round}.gap{stroke-width:1;opacity:.6;fill:none}\n");
        svg.Append("path.heldout{stroke-width:1.6;fill:none}path.training{stroke-width:1.3;stroke-dasharray:4 3;fill:none}circle{stroke-width:1.5}circle.training{fill:#fff!important}\n");
        AppendColours(svg, s_light);
        svg.Append("@media (prefers-color-scheme:dark){.page{fill:#16181c}text{fill:#e4e4e4}.grid{stroke:#30343b}.axis{stroke:#8a8f98}circle.training{fill:#16181c!important}\n");
        AppendColours(svg, s_dark);
        svg.Append("}\n</style>\n");
    }

    private static void AppendColours(StringBuilder svg, string[] colours)
    {
        for (int i = 0; i < colours.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $".run{i}{{stroke:{colours[i]}}}circle.run{i}{{fill:{colours[i]}}}");
        }

        svg.Append('\n');
    }

    private static void DrawLegend(StringBuilder svg, IReadOnlyList<RunHistory> runs)
    {
        const int left = 66 + Margin, column = 260;
        for (int i = 0; i < runs.Count; i++)
        {
            (int x, int y) = (left + (i % 4 * column), 24 + (i / 4 * 20));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"smooth run{i}\" d=\"M{x} {y - 5}h26\"/><text class=\"name\" x=\"{x + 33}\" y=\"{y}\">{PlotPanel.Escape(runs[i].Name)}</text>\n");
        }

        int keyY = 24 + ((runs.Count + 3) / 4 * 20);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"raw run0\" d=\"M{left} {keyY - 4}h26\"/><text class=\"tick\" x=\"{left + 33}\" y=\"{keyY}\">as logged</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"smooth run0\" d=\"M{left + 120} {keyY - 4}h26\"/><text class=\"tick\" x=\"{left + 153}\" y=\"{keyY}\">smoothed</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"heldout run0\" d=\"M{left + 240} {keyY - 4}h26\"/><circle class=\"heldout run0\" cx=\"{left + 253}\" cy=\"{keyY - 4}\" r=\"3.6\"/><text class=\"tick\" x=\"{left + 273}\" y=\"{keyY}\">held-out pictures</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"training run0\" d=\"M{left + 400} {keyY - 4}h26\"/><circle class=\"training run0\" cx=\"{left + 413}\" cy=\"{keyY - 4}\" r=\"3.6\"/><text class=\"tick\" x=\"{left + 433}\" y=\"{keyY}\">training pictures (the gap shows overfitting, and that the pictures differ)</text>\n");
    }
}
