using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public class QualityChoiceTests
{
    private static readonly ICodec[] s_codecs = [new FakeCodec("jpeg420"), new FakeCodec("png", lossless: true)];

    [Theory]
    [InlineData("webp=10")]
    [InlineData("png=10")]
    public void QualitiesOfWhatIsNotMeasuredOrHasNoneAreRefused(string value)
    {
        var exception = Assert.Throws<BenchUsageException>(() => QualityChoice.Parse([value], s_codecs, []));
        Assert.Contains($"'{value[..^3]}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("(jpeg420)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfWhatIsAskedForAndNotInstalledTheyMayBeSaid()
    {
        var choice = QualityChoice.Parse(["webp=10", "jpeg420=20"], s_codecs, ["webp"]);
        Assert.Equal([20], choice.For(s_codecs[0])!);
    }
}
