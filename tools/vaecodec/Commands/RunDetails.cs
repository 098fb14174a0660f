using System.Diagnostics;

namespace VaeCodec.Tool;

/// <summary>The lines that -v adds after encoding or decoding.</summary>
internal static class RunDetails
{
    /// <summary>Writes them.</summary>
    /// <param name="run">Where to.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="model">The model's name and identity; null where none is needed.</param>
    public static void Write(CommandRun run, int width, int height, TimeSpan elapsed, string? model)
    {
        double seconds = elapsed.TotalSeconds;
        double megapixels = (double)width * height / 1e6;
        run.Detail($"  {seconds:0.000} s, {megapixels / Math.Max(seconds, 1e-6):0.00} MP/s");
        run.Detail($"  model {model ?? "none"}");
        run.Detail($"  cpu path {VaeCpu.Path}");
        using var process = Process.GetCurrentProcess();
        run.Detail($"  peak memory {ByteSize.Format(process.PeakWorkingSet64)}");
    }
}
