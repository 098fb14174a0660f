using System.Globalization;

namespace VaeCodec.Tool.Tests;

/// <summary>Whether SIGINT reaches child processes. A shell starts background jobs with SIGINT ignored, children inherit that,
/// and the tool honours it as it should; the test of Ctrl-C must undo it.</summary>
internal static class InterruptSignal
{
    private const int Number = 2;
    private const string StatusPath = "/proc/self/status";
    private const string IgnoredPrefix = "SigIgn:";

    public static bool IsIgnored
    {
        get
        {
            string? line = File.Exists(StatusPath)
                ? File.ReadLines(StatusPath).FirstOrDefault(text => text.StartsWith(IgnoredPrefix, StringComparison.Ordinal))
                : null;
            return line is not null
                && (ulong.Parse(line.AsSpan(IgnoredPrefix.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Number - 1) & 1) != 0;
        }
    }
}
