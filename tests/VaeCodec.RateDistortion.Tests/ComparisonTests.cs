using System.Xml.Linq;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Reports;
using VaeCodec.RateDistortion.Reports.Charts;
using VaeCodec.RateDistortion.Reports.Html;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public sealed class ComparisonTests : IDisposable
{
    private readonly BenchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PublishedCurvesHaveBdRatesAndAreNotKept()
    {
        ResultsDocument document = SampleResults.Of(("base", 1), ("vae", 0.5));
        var comparison = new Comparison(document, "base", [Curve("other", 0.25, true)]);
        BdEntry entry = comparison.Between("base", "other (published)")!;
        Assert.Equal(-75, entry.Psnr!.Value, 6);
        Assert.Equal(-75, entry.MsSsim!.Value, 6);
        Assert.Null(entry.PsnrMeanOfPictures);
        Assert.Equal(100, comparison.Between("other (published)", "vae")!.Psnr!.Value, 6);
        Assert.Equal(-50, comparison.Between("base", "vae")!.Psnr!.Value, 6);
        Assert.Equal(["vae", "other (published)"], comparison.AgainstBaseline.Select(delta => delta.Codec));
        Assert.Equal(["base", "vae"], document.Codecs.Select(codec => codec.Name));
        Assert.DoesNotContain(document.Deltas, delta => (delta.Codec + delta.Baseline).Contains("other", StringComparison.Ordinal));
    }

    [Fact]
    public void ACurveWithoutMsSsimHasNoBdRateOfIt()
    {
        BdEntry entry = new Comparison(SampleResults.Of(("base", 1)), "base", [Curve("other", 0.5, false)]).AgainstBaseline.Single();
        Assert.Equal(-50, entry.Psnr!.Value, 6);
        Assert.Null(entry.MsSsim);
    }

    [Fact]
    public void AMeasuredCodecOfTheSameNameIsAnother()
    {
        var comparison = new Comparison(SampleResults.Of(("base", 1), ("webp", 0.5)), "base", [Curve("webp", 2, true)]);
        Assert.Equal(-50, comparison.Between("base", "webp")!.Psnr!.Value, 6);
        Assert.Equal(100, comparison.Between("base", "webp (published)")!.Psnr!.Value, 6);
    }

    [Fact]
    public void APublishedCurveCanBeTheBaseline()
    {
        var comparison = new Comparison(SampleResults.Of(("vae", 1)), "vtm", [Curve("vtm", 0.5, true)]);
        Assert.Equal("vtm (published)", comparison.Baseline);
        Assert.Equal(100, comparison.AgainstBaseline.Single().Psnr!.Value, 6);
    }

    [Fact]
    public void TablesMarkWhatWasPublished()
    {
        var comparison = new Comparison(SampleResults.Of(("base", 1), ("vae", 0.5)), "base", [Curve("a-name-longer-than-the-column", 0.25, true)]);
        string[] lines = ConsoleTable.Render(comparison).Split('\n');
        Assert.Contains(lines, line => line.StartsWith("a-name-longer-than-the-column (published): not measured here", StringComparison.Ordinal));
        Assert.Equal(3, lines.Count(line => line.Contains("a-name-longer-than-the-column (published)  ", StringComparison.Ordinal) && line.Contains("-75.0", StringComparison.Ordinal)));
        string html = HtmlReport.Render(comparison);
        Assert.Contains("a &lt;paper&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<td>a-name-longer-than-the-column (published)</td>", html, StringComparison.Ordinal);
        Assert.Contains("<text class=\"name\"", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<g class=\"p0\"><path class=\"line\"").Length - 1);
    }

    [Fact]
    public void TheChartStandsOnItsOwn()
    {
        RateChart.WriteFile(_folder["chart.svg"], new Comparison(SampleResults.Of(("base", 1), ("vae", 0.5)), "base", [Curve("a-rather-long-name-of-a-codec", 0.25, true)]));
        XElement svg = XElement.Parse(File.ReadAllText(_folder["chart.svg"]));
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(ns + "svg", svg.Name);
        double width = (double)svg.Attribute("width")!;
        Assert.Equal(width, (double)svg.Element(ns + "rect")!.Attribute("width")!);
        Assert.Contains("prefers-color-scheme", svg.Element(ns + "style")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", svg.ToString(), StringComparison.Ordinal);
        Dictionary<string, XElement> names = svg.Descendants(ns + "text").Where(text => (string?)text.Attribute("class") == "name").ToDictionary(text => text.Value);
        Assert.Equal(["a-rather-long-name-of-a-codec (published)", "base", "vae"], names.Keys.Order());

        // At six pixels and a half for a letter of this size the longest name must fit.
        XElement longest = names["a-rather-long-name-of-a-codec (published)"];
        Assert.True((double)longest.Attribute("x")! + (6.5 * longest.Value.Length) < width);

        // vae lies over the others: what is drawn last is on top.
        Assert.Equal("s0", (string?)svg.Elements(ns + "g").Last(group => group.Elements(ns + "path").Any(path => (string?)path.Attribute("class") == "line")).Attribute("class"));
        Assert.Equal("s0", (string?)names["vae"].Parent!.Attribute("class"));

        // Doubling the rate is the same way everywhere on the axis.
        double[] ticks = [.. svg.Descendants(ns + "text").Where(text => text.Value is "0.5" or "1" or "2").Select(text => (double)text.Attribute("x")!).Order()];
        Assert.Equal(3, ticks.Length);
        Assert.Equal(ticks[1] - ticks[0], ticks[2] - ticks[1], 0.2);
    }

    /// <summary>As after a run of one codec with fewer pictures: the curves of the others are means over other pictures.</summary>
    [Fact]
    public void CurvesOfOtherPicturesAreNamedAndNotDrawn()
    {
        ResultsDocument document = SampleResults.Of(("base", 1), ("vae", 0.5), ("other", 0.7));
        document.Codecs[2].Pictures.Add(new PictureResult { File = "q.png", Hash = "q", Width = 100, Height = 100 });
        foreach (Point point in document.Codecs[2].Pictures[0].Points)
        {
            document.Codecs[2].Pictures[1].Add(point);
        }

        document.Derive("base");
        var comparison = new Comparison(document, "base");
        Assert.Equal(["vae", "base"], comparison.Lossy.Select(codec => codec.Name));
        Assert.Equal(["other"], comparison.OfOtherPictures);
        Assert.Equal(["vae", "base"], RateChart.PsnrSeries(comparison).Select(series => series.Name));
        const string Note = "Of other pictures than vae, so not compared with it: other.";
        Assert.Contains(Note, ConsoleTable.Render(comparison), StringComparison.Ordinal);
        Assert.Contains(Note, HtmlReport.Render(comparison), StringComparison.Ordinal);
        Assert.Null(new Comparison(SampleResults.Of(("base", 1), ("vae", 0.5)), "base").OtherPicturesNote);
    }

    /// <summary>Whatever was measured first: the default effort is what others are compared with.</summary>
    [Fact]
    public void VaeComesFirst_BeforeItsOtherEfforts()
        => Assert.Equal(["vae", "vae-e1", "base"], new Comparison(SampleResults.Of(("base", 1), ("vae-e1", 0.7), ("vae", 0.5)), "base").Lossy.Select(codec => codec.Name));

    /// <summary>A time says something only beside times of the same machine.</summary>
    [Fact]
    public void TimesOfAnotherMachineAreNotInTheChartsOfSpeed()
    {
        ResultsDocument document = SampleResults.Of(("base", 1), ("vae", 0.5), ("other", 0.7));
        var here = new Machine("here", 2, "a system", "a runtime");
        document.Codecs[0].Machines.Add(here);
        document.Codecs[1].Machines.Add(here);
        document.Codecs[2].Machines.Add(new Machine("there", 2, "a system", "a runtime"));
        string html = HtmlReport.Render(new Comparison(document, "base"));
        Assert.Contains("Measured on another machine than vae, or on several, so not in these charts: other.", html, StringComparison.Ordinal);
        string speed = html[html.IndexOf("Speed against BD-rate", StringComparison.Ordinal)..html.IndexOf("<h2>Means", StringComparison.Ordinal)];
        Assert.Contains(">base<", speed, StringComparison.Ordinal);
        Assert.DoesNotContain(">other<", speed, StringComparison.Ordinal);
    }

    private static PublishedCurve Curve(string name, double scale, bool msSsim) => new()
    {
        Name = name,
        Source = "a <paper>",
        Points = [.. Enumerable.Range(1, 5).Select(quality => new PublishedPoint(SampleResults.Rate(scale, quality), SampleResults.Psnr(quality), msSsim ? SampleResults.MsSsim(quality) : null))],
    };
}
