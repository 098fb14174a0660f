using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Published;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public sealed class PublishedFileTests : IDisposable
{
    private const string Good = """
        {
          "one": { "source": "a paper", "note": "ignored", "points": [
            { "bpp": 2, "psnr": 40.5, "msssim": 0.99, "enc_s": 1, "dec_s": 2 }, { "bpp": 0.5, "psnr": 33, "msssim": 0.95 } ] },
          "two": { "source": "another", "points": [ { "bpp": 1, "psnr": 30 } ] },
          "bad": { "points": [] }
        }
        """;

    private readonly BenchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NamedCurvesAreReadInOrderOfRate()
    {
        IReadOnlyList<PublishedCurve> curves = Read(Good, "two", "one", "two");
        Assert.Equal(["two", "one"], curves.Select(curve => curve.Name));
        Assert.Equal("one (published)", curves[1].ShownName);
        Assert.Equal("a paper", curves[1].Source);
        Assert.Equal([new PublishedPoint(0.5, 33, 0.95), new PublishedPoint(2, 40.5, 0.99)], curves[1].Points);
        Assert.Null(curves[0].Points[0].MsSsim);
    }

    [Fact]
    public void AnUnknownNameIsAnsweredWithThoseThereAre()
    {
        var exception = Assert.Throws<BenchUsageException>(() => Read(Good, "three"));
        Assert.Contains("no curve 'three'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("one, two, bad", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "no file of published curves")]
    [InlineData("", "no file of published curves")]
    [InlineData("[1, 2]", "not one JSON object")]
    [InlineData("""{"x": null}""", "the curve 'x' is null")]
    [InlineData("""{"x": 3}""", "the curve 'x'")]
    [InlineData("""{"x": {"points": [{"bpp": 1, "psnr": 30}]}}""", "source")]
    [InlineData("""{"x": {"source": "s"}}""", "points")]
    [InlineData("""{"x": {"source": "s", "points": null}}""", "the curve 'x'")]
    [InlineData("""{"x": {"source": "s", "points": []}}""", "has no points")]
    [InlineData("""{"x": {"source": "s", "points": [null]}}""", "point 0 of the curve 'x' is null")]
    [InlineData("""{"x": {"source": "s", "points": [{"psnr": 30}]}}""", "bpp")]
    [InlineData("""{"x": {"source": "s", "points": [{"bpp": 1}]}}""", "psnr")]
    [InlineData("""{"x": {"source": "s", "points": [{"bpp": "1", "psnr": 30}]}}""", "the curve 'x'")]
    [InlineData("""{"x": {"source": "s", "points": [{"bpp": 1, "psnr": 30}, {"bpp": 0, "psnr": 30}]}}""", "point 1 of the curve 'x' has bpp 0")]
    [InlineData("""{"x": {"source": "s", "points": [{"bpp": 1, "psnr": -3}]}}""", "has psnr -3")]
    [InlineData("""{"x": {"source": "s", "points": [{"bpp": 1, "psnr": 30, "msssim": 17.2}]}}""", "not within 0 to 1")]
    public void WhatIsNoSuchFileIsRefused(string text, string message)
    {
        var exception = Assert.Throws<BenchUsageException>(() => Read(text, "x"));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains("curves.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        var exception = Assert.Throws<BenchUsageException>(() => PublishedFile.Read(_folder["none.json"], ["x"]));
        Assert.Contains("none.json", exception.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<PublishedCurve> Read(string text, params string[] names)
    {
        File.WriteAllText(_folder["curves.json"], text);
        return PublishedFile.Read(_folder["curves.json"], names);
    }
}
