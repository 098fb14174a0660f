namespace VaeCodec.RateDistortion.Results;

/// <summary>How the system takes paths; the command line goes by it, too.</summary>
internal static class SystemPaths
{
    /// <summary>How paths compare: on Windows and macOS file systems mostly pass over upper and lower case.</summary>
    public static StringComparison Comparison { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Compares paths so.</summary>
    public static StringComparer Comparer { get; } = StringComparer.FromComparison(Comparison);

    /// <summary>Whether a full path is a device or an open file descriptor: written to directly, never renamed over.</summary>
    public static bool IsDevice(string fullPath)
        => OperatingSystem.IsWindows() ? fullPath.StartsWith(@"\\.\", StringComparison.Ordinal) // NUL, in full.
            : !fullPath.StartsWith("/dev/shm/", StringComparison.Ordinal)
            && (fullPath.StartsWith("/dev/", StringComparison.Ordinal) || fullPath.StartsWith("/proc/", StringComparison.Ordinal));
}
