using System.Runtime.Versioning;
using VaeCodec.RateDistortion.Results;
using VaeCodec.RateDistortion.Tests.Support;

namespace VaeCodec.RateDistortion.Tests;

public sealed class WholeFileTests : IDisposable
{
    private readonly BenchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReplacesAndLeavesNothingBeside()
    {
        WholeFile.Write(_folder["a"], "first, and longer");
        WholeFile.Write(_folder["a"], "grün");
        Assert.Equal("grün"u8.ToArray(), File.ReadAllBytes(_folder["a"]));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void AFailureLeavesWhatWasThere()
    {
        Directory.CreateDirectory(_folder["taken"]);
        Assert.ThrowsAny<IOException>(() => WholeFile.Write(_folder["taken"], "text"));
        Assert.ThrowsAny<IOException>(() => WholeFile.Write(Path.Combine(_folder["nowhere"], "a"), "text"));
        Assert.Equal(["taken"], Names());
    }

    [LinuxFact]
    public void ADiskThatIsFullLeavesWhatWasThere()
    {
        File.WriteAllText(_folder["a"], "old");
        File.CreateSymbolicLink(_folder["a.partial"], "/dev/full");
        Assert.ThrowsAny<IOException>(() => WholeFile.Write(_folder["a"], "text"));
        Assert.Equal("old", File.ReadAllText(_folder["a"]));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void WhatStandsInTheWayIsKnownBeforeWriting()
    {
        Directory.CreateDirectory(_folder["taken"]);
        File.WriteAllText(_folder["there"], "old");
        Assert.Null(WholeFile.Obstacle(_folder["a"]));
        Assert.Null(WholeFile.Obstacle(_folder["there"]));
        Assert.Contains("is a folder", WholeFile.Obstacle(_folder["taken"]), StringComparison.Ordinal);
        Assert.Contains($"the folder {_folder["nowhere"]} is missing", WholeFile.Obstacle(Path.Combine(_folder["nowhere"], "a")), StringComparison.Ordinal);
        Assert.NotNull(WholeFile.Obstacle(string.Empty));
        Assert.Equal(["taken", "there"], Names());
    }

    [ShellFact]
    public void AReaderOfTheOldFileReadsItToItsEnd()
    {
        WholeFile.Write(_folder["a"], "old");
        using var reader = new StreamReader(_folder["a"]);
        WholeFile.Write(_folder["a"], "new");
        Assert.Equal("old", reader.ReadToEnd());
        Assert.Equal("new", File.ReadAllText(_folder["a"]));
    }

    [ShellFact]
    [UnsupportedOSPlatform("windows")]
    public void LinksAndPermissionsStay()
    {
        File.WriteAllText(_folder["file"], "old");
        File.SetUnixFileMode(_folder["file"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_folder["link"], "file");
        WholeFile.Write(_folder["link"], "new");
        Assert.Equal("file", new FileInfo(_folder["link"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(_folder["file"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["file"]));
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder.Path).Select(entry => Path.GetFileName(entry)).Order()];
}
