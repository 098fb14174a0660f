namespace VaeCodec.Tool.Tests;

public class ErrorReportTests
{
    [Fact]
    public void NamesTheFileBeingWorkedOn()
        => Assert.Equal("vaecodec: a.vae: It is cut.", ErrorReport.Line(new VaeFormatException(VaeError.Truncated, "It is cut."), "a.vae"));

    [Fact]
    public void IsOneLine()
        => Assert.Equal("vaecodec: a: one two", ErrorReport.Line(new IOException("one\ntwo\n"), "a"));

    [Fact]
    public void PrefersTheFileTheExceptionNames()
    {
        Assert.Equal("vaecodec: b: no", ErrorReport.Line(new RefusalException("b", "no"), "a"));
        Assert.Equal("vaecodec: b: full", ErrorReport.Line(new FileFailureException("b", new IOException("full")), "a"));
    }

    [Fact]
    public void CancellationNamesNoFile() => Assert.Equal("vaecodec: cancelled", ErrorReport.Line(new OperationCanceledException(), "a"));

    [Fact]
    public void AnUnexpectedExceptionAsksForAReport()
    {
        string line = ErrorReport.Line(new InvalidOperationException("odd."), "a");
        Assert.StartsWith("vaecodec: a: unexpected InvalidOperationException: odd.", line, StringComparison.Ordinal);
        Assert.Contains("please report", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ABrokenPipeIsSaidQuietly()
        => Assert.Equal("vaecodec: out: the reader closed the pipe", ErrorReport.Line(new FileFailureException("out", new IOException("Broken pipe", 32)), null));
}
