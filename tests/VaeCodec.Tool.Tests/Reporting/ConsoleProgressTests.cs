namespace VaeCodec.Tool.Tests;

public class ConsoleProgressTests
{
    [Theory]
    [InlineData(0, "encoding [..............................] 0%, 1.0 kB")]
    [InlineData(50, "encoding [###############...............] 50%, 1.0 kB, 4 s left")]
    [InlineData(100, "encoding [##############################] 100%, 1.0 kB, 0 s left")]
    public void DrawsTheBar(int rowsDone, string expected)
        => Assert.Equal(expected, ConsoleProgress.Line("encoding", new VaeProgress(rowsDone, 100, 1000), TimeSpan.FromSeconds(4)));

    [Fact]
    public void QuietHasNoBar() => Assert.Null(ConsoleProgress.Create("x", quiet: true));
}
