using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion;

/// <summary>Which exceptions cost a point or a picture, and not the measurement.</summary>
internal static class PointFailure
{
    /// <summary>
    /// Whether to report it and go on. A picture too large for one codec (overflow, no memory, an argument out of range) says nothing
    /// about the others, and hours of measuring must not be lost to it.
    /// </summary>
    public static bool Covers(Exception exception) => exception is VaeException or ProgramFailureException or IOException or UnauthorizedAccessException
        or OverflowException or ArgumentException or OutOfMemoryException or TimeoutException;
}
