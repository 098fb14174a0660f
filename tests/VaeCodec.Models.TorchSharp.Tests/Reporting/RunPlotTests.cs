using System.Xml.Linq;
using VaeCodec.Models.TorchSharp.Plotting;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Tests.Support;
using VaeCodec.Train;

namespace VaeCodec.Models.TorchSharp.Tests.Reporting;

public class RunPlotTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task Plot_IsXmlWithEveryRunAndPanel()
    {
        using TempFolder folder = new();
        string[] runs = [Write(folder, "first & <only>", validated: true), Write(folder, "second", validated: false)];
        Assert.Equal(0, await Program.RunAsync(["plot", .. runs, "-o", folder["plot.svg"], "--quiet"]));
        XElement root = XDocument.Load(folder["plot.svg"]).Root!;
        Assert.Equal(s_svg + "svg", root.Name);
        string[] texts = [.. root.Descendants(s_svg + "text").Select(text => text.Value)];
        Assert.Contains("first & <only>", texts);
        Assert.Contains("second", texts);
        XElement[] panels = [.. root.Elements(s_svg + "g").Where(group => (string?)group.Attribute("class") == "panel")];
        Assert.Equal(
            ["Loss", "Rate, all levels mixed", "PSNR, all levels mixed", "Norm of the gradient before clipping", "Learning rate", "Latest validation", "Validated rate by level, levels side by side", "Validated PSNR by level, levels side by side"],
            panels.Select(panel => panel.Element(s_svg + "text")!.Value));

        // PSNR was logged as null throughout; all the rest is drawn for both runs.
        foreach (XElement panel in panels.Where((_, i) => i is 0 or 1 or 3 or 4))
        {
            Assert.All((string[])["run0", "run1"], run => Assert.Contains(panel.Descendants(s_svg + "path"), path => ((string)path.Attribute("class")!).EndsWith(run, StringComparison.Ordinal)));
        }

        Assert.Contains("nothing logged", panels[2].Value, StringComparison.Ordinal);
        foreach (XElement panel in panels.Skip(5))
        {
            string[] marks = [.. panel.Descendants(s_svg + "circle").Select(circle => (string)circle.Attribute("class")!)];
            Assert.Equal(4, marks.Count(mark => mark == "heldout run0"));
            Assert.Equal(4, marks.Count(mark => mark == "training run0"));
        }

        Assert.Contains("prefers-color-scheme:dark", root.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", root.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", root.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(9000, 4)]
    public void AnyLengthOfLog_IsDrawnInAFileOfModerateSize(int lines, int validations)
    {
        List<string> log = [.. Enumerable.Range(1, lines).Select(i => RunHistoryTests.Train(i * 40, 2))];
        log.AddRange(Enumerable.Range(0, validations).Select(level => Validation(lines * 40, level)));
        string svg = RunPlot.Draw([RunHistoryTests.Read([.. log])]);
        XDocument.Parse(svg);
        Assert.InRange(svg.Length, 1000, 300_000);
    }

    [Theory]
    [InlineData(0, 1e-4, 6)]
    [InlineData(-3, 7, 8)]
    [InlineData(0, 130_000, 7)]
    [InlineData(33.1, 33.2, 6)]
    public void Ticks_AreFewDistinctAndInside(double from, double to, int most)
    {
        IReadOnlyList<(double Value, string Text)> ticks = PlotAxis.Exactly(from, to).Ticks(most);
        Assert.InRange(ticks.Count, 2, most + 1);
        Assert.All(ticks, tick => Assert.InRange(tick.Value, from - 1e-9, to + 1e-9));
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Text).Distinct().Count());
    }

    [Theory]
    [InlineData(8, 27)]
    [InlineData(0.1, 1000)]
    [InlineData(1, 1.2)]
    [InlineData(1e-7, 1e7)]
    public void LogarithmicTicks_AreFewAndDistinct(double from, double to)
    {
        IReadOnlyList<(double Value, string Text)> ticks = PlotAxis.Of([from, to], logarithmic: true).Ticks(6);
        Assert.InRange(ticks.Count, 1, 10);
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Text).Distinct().Count());
    }

    private static string Write(TempFolder folder, string name, bool validated)
    {
        string run = Directory.CreateDirectory(folder[name]).FullName;
        List<string> lines = [.. Enumerable.Range(1, 30).Select(i => RunHistoryTests.Train(i * 40, 2))];
        lines.AddRange(validated ? Enumerable.Range(0, 4).Select(level => Validation(1200, level)) : []);
        File.WriteAllLines(Path.Combine(run, RunHistory.FileName), lines);
        return run;
    }

    private static string Validation(int step, int level)
        => FormattableString.Invariant($"{{\"event\":\"validation\",\"step\":{step},\"level\":{level},\"bpp\":{0.2 * (level + 1)},\"psnr\":{30 + level},\"training_bpp\":{0.25 * (level + 1)},\"training_psnr\":{29 + level}}}");
}
