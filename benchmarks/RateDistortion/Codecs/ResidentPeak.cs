using System.Globalization;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>
/// The largest resident set of this process since the last reset, as Linux keeps it (proc(5): clear_refs, VmHWM). It holds all that the
/// process holds, the measuring program included: an upper bound of what a call takes.
/// </summary>
internal static class ResidentPeak
{
    private const string Clear = "/proc/self/clear_refs", Status = "/proc/self/status", Label = "VmHWM:";

    /// <summary>Starts anew, after giving back what nobody uses any more.</summary>
    /// <returns>Whether the system can.</returns>
    public static bool TryReset()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            // 5 resets the peak and nothing else.
            File.WriteAllText(Clear, "5");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The peak in bytes; null where the system does not tell.</summary>
    public static long? Read()
    {
        string? line = File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(Label, StringComparison.Ordinal));
        return line?.Split(' ', '\t') is [_, .., var number, "kB"] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes * 1024 : null;
    }
}
