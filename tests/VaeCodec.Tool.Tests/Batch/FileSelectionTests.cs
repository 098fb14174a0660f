using System.Diagnostics;

namespace VaeCodec.Tool.Tests;

public class FileSelectionTests
{
    private static readonly FileKinds s_kinds = new("encoded", name => name.EndsWith(".png", StringComparison.Ordinal), ".vae", "pictures", name => name.EndsWith(".vae", StringComparison.Ordinal), Decodes: false);

    [Fact]
    public void OneName_IsASingleFile()
    {
        Check(Find(["a.png"], null), false, ("a.png", "a.vae"));
        Check(Find(["a.png", "b.vae"], null), false, ("a.png", "b.vae"));
        Check(Find(["a.png", "b"], null), false, ("a.png", "b"));
        Check(Find(["a.png", "-"], null), false, ("a.png", "-"));
        Check(Find(["-", "b.vae"], null), false, ("-", "b.vae"));
        Check(FileSelection.Find(["a.png"], "x", null, false, s_kinds), false, ("a.png", "x"));
    }

    /// <summary>As "folder/*" gives them where a camera put two files.</summary>
    [Fact]
    public void TheSecondOfTwo_IsNoOutput_WhereItIsThereAndNothingSaysSo()
    {
        using TempFolder folder = new();
        foreach (string name in (string[])["a.png", "a.nef", "a.vae"])
        {
            File.WriteAllText(folder[name], "something");
        }

        Assert.Contains("-o ", Assert.Single(Find([folder["a.png"], folder["a.nef"]], null).Items).Problem, StringComparison.Ordinal);

        // As mktemp makes them.
        File.WriteAllText(folder["empty"], "");
        Check(Find([folder["a.png"], folder["empty"]], null), false, (folder["a.png"], folder["empty"]));
        Check(Find([folder["a.png"], folder["a.vae"]], null), false, (folder["a.png"], folder["a.vae"]));
        Check(FileSelection.Find([folder["a.png"]], folder["a.nef"], null, false, s_kinds), false, (folder["a.png"], folder["a.nef"]));
        Check(Find([folder["a.png"], folder["b.nef"]], null), false, (folder["a.png"], folder["b.nef"]));
    }

    [Fact]
    public void SeveralInputs_AreABatch()
    {
        Check(Find(["a.png", "b.png"], null), true, ("a.png", "a.vae"), ("b.png", "b.vae"));
        Check(Find(["a", "b", "c"], null), true, ("a", "a.vae"), ("b", "b.vae"), ("c", "c.vae"));
        Check(Find([Path.Combine("x", "a.png")], "out"), true, (Path.Combine("x", "a.png"), Path.Combine("out", "a.vae")));
    }

    [Fact]
    public void Folders_KeepTheirShape()
    {
        using TempFolder folder = new();
        foreach (string path in (string[])["b.png", "a.png", "notes.txt", ".hidden.png", "sub/c.png", "sub/deep/d.png", ".git/e.png"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            File.WriteAllText(folder[path], "");
        }

        string[] names = ["a.png", "b.png", "sub/c.png", "sub/deep/d.png"];
        FileSelection found = FileSelection.Find([folder.Path], null, "out", true, s_kinds);
        Assert.Equal(names, found.Items.Select(item => item.Name));
        Assert.Equal(names.Select(name => Path.Combine("out", Path.ChangeExtension(name, ".vae").Replace('/', Path.DirectorySeparatorChar))), found.Items.Select(item => item.Output));
        FileSelection beside = FileSelection.Find([folder.Path], null, null, true, s_kinds);
        Assert.Equal(names.Select(name => Path.GetFullPath(folder[Path.ChangeExtension(name, ".vae")])), beside.Items.Select(item => item.Output));
        Assert.Contains("-r", Assert.Single(Find([folder.Path], null).Items).Problem, StringComparison.Ordinal);
    }

    /// <summary>As cp takes it; without a word files would land beside their inputs.</summary>
    [Fact]
    public void AFolderNamedLast_IsNotTakenForTheOutput()
    {
        using TempFolder folder = new();
        foreach (string below in (string[])["coded", "photos"])
        {
            Directory.CreateDirectory(folder[below]);
        }

        File.WriteAllText(folder["photos/a.png"], "");
        foreach (string[] names in (string[][])[[folder["photos"], folder["coded"]], [folder["photos/a.png"], folder["coded"]]])
        {
            Assert.Contains("--output-dir", Assert.Throws<UsageException>(() => FileSelection.Find(names, null, null, true, s_kinds)).Message, StringComparison.Ordinal);
            Assert.Contains("--output-dir", Assert.Throws<UsageException>(() => Find(names, null)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, FileSelection.Find([folder["photos/a.png"], folder["photos"]], null, folder["coded"], true, s_kinds).Items.Count);
        Assert.Single(FileSelection.Find([folder["coded"], folder["photos"]], null, null, true, s_kinds).Items);
    }

    [Fact]
    public void EmptyNames_AreRefused()
    {
        foreach (string[] names in (string[][])[[""], ["a.png", "b.png", ""], ["", "a.png"]])
        {
            Assert.Throws<UsageException>(() => Find(names, null));
        }

        Assert.Contains("--output-dir", Assert.Throws<UsageException>(() => Find(["a.png"], "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWouldBeItsOwnOutput_IsAProblem()
    {
        FileKinds decoding = new("decoded", name => name.EndsWith(".vae", StringComparison.Ordinal), ".png", ".vae files", name => name.EndsWith(".png", StringComparison.Ordinal), Decodes: true);
        FileSelection found = FileSelection.Find(["a.png", "b.vae", "c.vae"], null, null, false, decoding);
        Assert.Equal([true, false, false], found.Items.Select(item => item.Problem is not null));
    }

    /// <summary>Nobody may ever write into it.</summary>
    [UnixFact]
    public async Task Pipes_AreNotTaken()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["a.png"], "");
        using (Process made = Process.Start("mkfifo", [folder["b.png"]]))
        {
            await made.WaitForExitAsync();
        }

        Assert.Equal("a.png", Assert.Single(FileSelection.Find([folder.Path], null, null, true, s_kinds).Items).Name);
    }

    [UnixFact]
    public void LinksToFolders_AreNotFollowed()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["a.png"], "");
        Directory.CreateSymbolicLink(folder["circle"], folder.Path);
        File.CreateSymbolicLink(folder["b.png"], folder["a.png"]);
        Assert.Equal(["a.png", "b.png"], FileSelection.Find([folder.Path], null, null, true, s_kinds).Items.Select(item => item.Name));
    }

    [UnixFact]
    public void ALinkToItself_StopsNoOther()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["a.png"], "");
        File.CreateSymbolicLink(folder["circle.png"], folder["circle.png"]);
        Assert.Equal([false, true], FileSelection.Find([folder.Path], null, null, true, s_kinds).Items.Select(item => item.Problem is not null));
        Assert.Equal([true, false], FileSelection.Find([folder["circle.png"], folder["a.png"]], null, null, false, s_kinds).Items.Select(item => item.Problem is not null));
    }

    [Fact]
    public void OneOutputForTwoInputs_IsAProblemOfTheSecond()
    {
        FileSelection found = Find([Path.Combine("x", "a.png"), Path.Combine("y", "a.png"), Path.Combine("x", "a.jpg")], "out");
        Assert.Equal([false, true, true], found.Items.Select(item => item.Problem is not null));
        Assert.Contains(Path.Combine("x", "a.png"), found.Items[1].Problem, StringComparison.Ordinal);
    }

    [UnixFact]
    public void OneOutputByWayOfALink_IsAProblemOfTheSecond()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["real"]);
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);
        FileSelection found = FileSelection.Find([folder["real/a.png"], folder["link/a.jpg"], folder["link/b.png"]], null, null, false, s_kinds);
        Assert.Equal([false, true, false], found.Items.Select(item => item.Problem is not null));
    }

    [Fact]
    public void WhatDoesNotGoTogether_IsRefused()
    {
        Assert.Throws<UsageException>(() => FileSelection.Find(["a.png", "b.png"], "x", null, false, s_kinds));
        Assert.Throws<UsageException>(() => Find(["-", "a.png", "b.png"], null));
        Assert.Throws<UsageException>(() => Find(["-"], "out"));
        Assert.Throws<UsageException>(() => FileSelection.Find(["a.png", "b"], "x", null, false, s_kinds));
    }

    private static FileSelection Find(string[] names, string? folder) => FileSelection.Find(names, null, folder, false, s_kinds);

    private static void Check(FileSelection found, bool isBatch, params (string Input, string Output)[] expected)
    {
        Assert.Equal(isBatch, found.IsBatch);
        Assert.Equal(expected, found.Items.Select(item => (item.Input, item.Output)));
    }
}
