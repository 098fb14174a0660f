using System.Diagnostics;
using System.Runtime.Versioning;

namespace VaeCodec.Tool.Tests;

public class OutputFileTests
{
    private static readonly byte[] s_bytes = [1, 2, 3];

    [Fact]
    public async Task AppearsOnlyWhenCommitted()
    {
        using var folder = new TempFolder();
        await using (OutputFile output = OutputFile.Open(folder["a.vae"], force: false))
        {
            await output.Stream.WriteAsync(s_bytes);
            string name = Assert.Single(folder.Names);
            Assert.StartsWith("a.vae.partial-", name, StringComparison.Ordinal);
            await output.CommitAsync(default);
            Assert.Equal(["a.vae"], folder.Names);
        }

        Assert.Equal(s_bytes, File.ReadAllBytes(folder["a.vae"]));
    }

    [Fact]
    public async Task LeavesNothingWhenNotCommitted()
    {
        using var folder = new TempFolder();
        await using (OutputFile output = OutputFile.Open(folder["a.vae"], force: false))
        {
            await output.Stream.WriteAsync(s_bytes);
        }

        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task KeepsTheOldFileUntilTheNewOneIsWhole()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], "old");
        await using (OutputFile output = OutputFile.Open(folder["a"], force: true))
        {
            await output.Stream.WriteAsync(s_bytes);
        }

        Assert.Equal("old", File.ReadAllText(folder["a"]));
        await using (OutputFile output = OutputFile.Open(folder["a"], force: true))
        {
            await output.Stream.WriteAsync(s_bytes);
            await output.CommitAsync(default);
        }

        Assert.Equal(s_bytes, File.ReadAllBytes(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public async Task RefusesAFileThatAppearedMeanwhile()
    {
        using var folder = new TempFolder();
        await using (OutputFile output = OutputFile.Open(folder["a"], force: false))
        {
            File.WriteAllText(folder["a"], "theirs");
            await Assert.ThrowsAsync<FileFailureException>(() => output.CommitAsync(default));
        }

        Assert.Equal("theirs", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public async Task WhatCannotBeReplacedIsNamed()
    {
        using var folder = new TempFolder();
        await using (OutputFile output = OutputFile.Open(folder["a"], force: true))
        {
            await output.Stream.WriteAsync(s_bytes);
            Directory.CreateDirectory(folder["a"]);
            Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => output.CommitAsync(default));
            Assert.Contains(folder["a"], refused is RefusalException refusal ? refusal.FileName : ((FileFailureException)refused).FileName, StringComparison.Ordinal);
        }

        Assert.Equal(["a"], folder.Names);
    }

    [WindowsFact]
    public async Task AFileThatAnotherProgramHasOpenStaysAndTheMessageSaysWhy()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], "theirs");
        using (new FileStream(folder["a"], FileMode.Open, FileAccess.Read, FileShare.Read))
        await using (OutputFile output = OutputFile.Open(folder["a"], force: true))
        {
            await output.Stream.WriteAsync(s_bytes);
            RefusalException refused = await Assert.ThrowsAsync<RefusalException>(() => output.CommitAsync(default));
            Assert.Contains("another program has it open", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal("theirs", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public async Task ACancelledCommitLeavesNothing()
    {
        using var folder = new TempFolder();
        await using (OutputFile output = OutputFile.Open(folder["a"], force: false))
        {
            await output.Stream.WriteAsync(s_bytes);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => output.CommitAsync(new CancellationToken(canceled: true)));
        }

        Assert.Empty(folder.Names);
    }

    [Fact]
    public void RefusesWhatCannotBeWritten()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], "old");
        Assert.Contains("-f", Assert.Throws<RefusalException>(() => OutputFile.Open(folder["a"], force: false)).Message, StringComparison.Ordinal);
        Assert.Throws<RefusalException>(() => OutputFile.Open(folder.Path, force: true));
        Assert.Throws<RefusalException>(() => OutputFile.Open(folder["none/a"], force: true));
        Assert.Throws<RefusalException>(() => OutputFile.Open(folder["a"], force: true, folder["./a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task ReplacesTheTargetOfALinkAndKeepsItsMode()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["real"], "old");
        File.SetUnixFileMode(folder["real"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(folder["link"], "real");
        await using (OutputFile output = OutputFile.Open(folder["link"], force: true))
        {
            await output.Stream.WriteAsync(s_bytes);
            await output.CommitAsync(default);
        }

        Assert.Equal("real", new FileInfo(folder["link"]).LinkTarget);
        Assert.Equal(s_bytes, File.ReadAllBytes(folder["real"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["real"]));
    }

    [Fact]
    public async Task ADeviceIsWrittenToAndNotReplaced()
    {
        await using OutputFile output = OutputFile.Open(OperatingSystem.IsWindows() ? "NUL" : "/dev/null", force: false);
        Assert.Null(output.PartialPath);
        await output.Stream.WriteAsync(s_bytes);
        await output.CommitAsync(default);
    }

    [UnixFact]
    public async Task ANamedPipeIsWrittenToAndNotReplaced()
    {
        using var folder = new TempFolder();
        using (Process made = Process.Start("mkfifo", [folder["pipe"]]))
        {
            await made.WaitForExitAsync();
        }

        Task<byte[]> reader = Task.Run(() => File.ReadAllBytes(folder["pipe"]));
        await using (OutputFile output = OutputFile.Open(folder["pipe"], force: true))
        {
            Assert.Null(output.PartialPath);
            await output.Stream.WriteAsync(s_bytes);
            await output.CommitAsync(default);
        }

        Assert.Equal(s_bytes, await reader.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.True(NamedPipe.Is(folder["pipe"]));
        File.WriteAllBytes(folder["empty"], []);
        Assert.False(NamedPipe.Is(folder["empty"]));
    }

    [Fact]
    public async Task LongNamesStillHaveRoomForTheSuffix()
    {
        using var folder = new TempFolder();
        string name = new string('x', 250) + ".vae";
        await using OutputFile output = OutputFile.Open(folder[name], force: false);
        await output.CommitAsync(default);
        Assert.Equal([name], folder.Names);
    }

    [UnixFact]
    public async Task AHurriedEndDeletesWhatIsNotWhole()
    {
        using var folder = new TempFolder();
        await using (OutputFile whole = OutputFile.Open(folder["whole"], force: false))
        {
            await whole.CommitAsync(default);
        }

        await using OutputFile output = OutputFile.Open(folder["a"], force: false);
        PartialFiles.DeleteAll();
        Assert.Equal(["whole"], folder.Names);
    }
}
