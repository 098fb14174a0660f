namespace VaeCodec.Tool.Tests;

public class ExitCodeTests
{
    public static TheoryData<Exception, int> Cases => new()
    {
        { new UsageException("x"), 2 },
        { new RefusalException("f", "x"), 1 },
        { new IOException("x"), 1 },
        { new UnauthorizedAccessException("x"), 1 },
        { new InvalidOperationException("x"), 1 },
        { new VaeException(VaeError.Failure, "x"), 1 },
        { new VaeFormatException(VaeError.Truncated, "x"), 3 },
        { new VaeUnsupportedException(VaeError.UnsupportedFeature, "x"), 3 },
        { new VaeLimitException("x"), 4 },
        { new VaeModelException(VaeError.ModelMissing, "x"), 5 },
        { new OperationCanceledException(), 130 },
        { new TaskCanceledException(), 130 },
        { new TypeInitializationException("T", new VaeModelException(VaeError.ModelInvalid, "x")), 5 },
        { new AggregateException(new VaeLimitException("x")), 4 },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void EveryExceptionHasItsCode(Exception exception, int expected) => Assert.Equal(expected, ExitCode.For(exception));
}
