namespace VaeCodec.Tool.Tests;

public sealed class WildcardsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public WildcardsTests()
    {
        foreach (string name in (string[])["b.png", "A.png", "c10.jpg", "c1.jpg", ".hidden.png", "plain"])
        {
            File.WriteAllText(_folder[name], "");
        }

        Directory.CreateDirectory(_folder["d.png"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.png", "A.png", "b.png", "d.png")]
    [InlineData("*.PNG", "A.png", "b.png", "d.png")]
    [InlineData("c?.jpg", "c1.jpg")]
    [InlineData("c*", "c1.jpg", "c10.jpg")]
    [InlineData(".*", ".hidden.png")]
    [InlineData("*.gif", "*.gif")]
    [InlineData("plain", "plain")]
    [InlineData("missing", "missing")]
    public void TheLastPartIsExpanded(string pattern, params string[] expected)
        => Assert.Equal(expected.Select(name => _folder[name]), Wildcards.Expand([_folder[pattern]]));

    [Fact]
    public void ArgumentsKeepTheirPlaces()
        => Assert.Equal(["encode", _folder["c1.jpg"], _folder["c10.jpg"], "-q", "75", "--output-dir=*"], Wildcards.Expand(["encode", _folder["*.jpg"], "-q", "75", "--output-dir=*"]));

    [Fact]
    public void WhatCannotBeLookedUpStays()
    {
        string[] arguments = [_folder[Path.Combine("nowhere", "*.png")], _folder[Path.Combine("*", "x.png")], _folder[Path.Combine("plain", "*")], "-", ""];
        Assert.Equal(arguments, Wildcards.Expand(arguments));
    }

    [WindowsFact]
    public async Task TheToolExpandsThem()
    {
        File.Delete(_folder["b.png"]);
        ToolResult result = await ToolProcess.RunAsync(_folder.Path, "encode", "A.*", "c?.jpg", "--dry-run", "--output-dir", "out");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["A.png", "c1.jpg"], result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" -> ")[0]));
    }
}
