using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Reports;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public class NeededCurvesTests
{
    private static readonly ICodec[] s_planned = [new FakeCodec("planned"), new FakeCodec("exact", lossless: true)];

    private static readonly PublishedCurve[] s_published = [new() { Name = "vtm", Source = "a paper", Points = [new PublishedPoint(1, 30, null)] }];

    [Theory]
    [InlineData("saved")]
    [InlineData("planned")]
    [InlineData("vtm")]
    public void TheBaselineIsMeasuredSavedOrPublished(string name)
        => NeededCurves.Require(new BenchRequest { ChosenBaseline = name }, SampleResults.Of(("saved", 1)), s_planned, s_published);

    [Theory]
    [InlineData("jpeg420")]
    [InlineData("exact")]
    public void AnyOtherBaselineIsAnsweredWithThoseThereAre(string name)
    {
        var exception = Assert.Throws<BenchUsageException>(() => NeededCurves.Require(new BenchRequest { ChosenBaseline = name }, SampleResults.Of(("saved", 1)), s_planned, s_published));
        Assert.Contains($"'{name}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("saved, planned, vtm", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheUsualBaselineMayBeMissing()
        => NeededCurves.Require(new BenchRequest(), new ResultsDocument(), s_planned, []);

    [Fact]
    public void AReadmeNeedsVae()
    {
        var request = new BenchRequest { Readme = "README.md" };
        NeededCurves.Require(request, SampleResults.Of(("vae", 1)), s_planned, []);
        NeededCurves.Require(request, new ResultsDocument(), [new FakeCodec("vae")], []);
        var exception = Assert.Throws<BenchUsageException>(() => NeededCurves.Require(request, SampleResults.Of(("saved", 1)), s_planned, s_published));
        Assert.Contains("no curve of vae", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AChartNeedsOneCurve()
    {
        var request = new BenchRequest { Svg = "chart.svg" };
        NeededCurves.Require(request, new ResultsDocument(), [], s_published);
        var exception = Assert.Throws<BenchUsageException>(() => NeededCurves.Require(request, new ResultsDocument(), [s_planned[1]], []));
        Assert.Contains("--svg", exception.Message, StringComparison.Ordinal);
    }
}
