using System.Diagnostics;
using System.Text;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class CancellationTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [UnixFact]
    public async Task CtrlCInALargeEncodeLeavesNothing()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["large.ppm"], PictureFormat.Pnm, 4000, 4000);
        using Process process = ToolProcess.Start(folder.Path, ["encode", "large.ppm", "-j", "1"]);
        await InterruptOnceWorkingAsync(process, folder, "INT");
        ToolResult result = await ToolProcess.CollectAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("cancelled", result.Error, StringComparison.Ordinal);
        Assert.Equal(["large.ppm"], folder.Names);
    }

    [UnixFact]
    public async Task TerminationDuringAReadThatNeverEndsLeavesNothing()
    {
        using var folder = new TempFolder();
        using Process process = ToolProcess.Start(folder.Path, ["encode", "-", "out.vae"]);
        await process.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes("P6 4000 4000 255\n"));
        await process.StandardInput.BaseStream.FlushAsync();
        await InterruptOnceWorkingAsync(process, folder, "TERM");
        ToolResult result = await ToolProcess.CollectAsync(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Empty(folder.Names);
    }

    [UnixFact]
    public async Task AReaderThatGoesAwayIsAQuietFailure()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["photo.png"], PictureFormat.Png, 700, 500);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "photo.png")).ExitCode);
        using Process process = ToolProcess.Start(folder.Path, ["decode", "photo.vae", "-", "--format", "pnm"]);
        process.StandardOutput.Close();
        string error = await process.StandardError.ReadToEndAsync().WaitAsync(s_patience);
        await process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(1, process.ExitCode);
        Assert.Equal("vaecodec: standard output: the reader closed the pipe", error.Trim());
    }

    private static async Task InterruptOnceWorkingAsync(Process process, TempFolder folder, string signal)
    {
        // The temporary file shows that the signal handlers are in place and the work has begun.
        var clock = Stopwatch.StartNew();
        while (!folder.Names.Any(name => name.Contains(".partial-", StringComparison.Ordinal)))
        {
            Assert.False(process.HasExited, "The tool ended before it could be interrupted.");
            Assert.True(clock.Elapsed < s_patience, "The tool did not begin.");
            await Task.Delay(20);
        }

        await Task.Delay(300);
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString()]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
