namespace VaeCodec.Tool.Tests;

public class FilePathsTests
{
    [Fact]
    public void TheOutputGoesBesideTheInput()
        => Assert.Equal(Path.Combine("pictures", "a.b.vae"), FilePaths.ChooseOutput(Path.Combine("pictures", "a.b.png"), null, null, ".vae"));

    [Fact]
    public void GivenOutputsAreTaken()
    {
        Assert.Equal("x", FilePaths.ChooseOutput("a.png", "x", null, ".vae"));
        Assert.Equal("y", FilePaths.ChooseOutput("a.png", null, "y", ".vae"));
        Assert.Equal("-", FilePaths.ChooseOutput("-", "-", null, ".vae"));
    }

    [Fact]
    public void AmbiguousOutputsAreUsageErrors()
    {
        Assert.Throws<UsageException>(() => FilePaths.ChooseOutput("a.png", "x", "y", ".vae"));
        Assert.Throws<UsageException>(() => FilePaths.ChooseOutput("-", null, null, ".vae"));
        Assert.Throws<UsageException>(() => FilePaths.ChooseOutput("a.png", "", null, ".vae"));
    }

    [UnixFact]
    public void SeesThroughLinks()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["real"]);
        File.WriteAllText(folder["real/a"], "");
        Directory.CreateSymbolicLink(folder["link"], "real");
        File.CreateSymbolicLink(folder["b"], "link/a");
        Assert.True(FilePaths.SameFile(folder["real/a"], folder["link/a"]));
        Assert.True(FilePaths.SameFile(folder["real/a"], folder["b"]));
        Assert.True(FilePaths.SameFile(folder["real/new"], folder["link/../real/new"]));
        Assert.False(FilePaths.SameFile(folder["real/a"], folder["real/c"]));
    }

    [UnixFact]
    public void KnowsDevices()
    {
        Assert.True(FilePaths.IsDevice("/dev/null"));
        Assert.False(FilePaths.IsDevice("/dev/shm/a.vae"));
        Assert.False(FilePaths.IsDevice("/tmp/dev/null"));
        Assert.True(FilePaths.IsStandardOutput("/dev/stdout"));
    }
}
