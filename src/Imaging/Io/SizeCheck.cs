namespace VaeCodec.Imaging.Io;

/// <summary>Checks a picture's declared size against the limits, before anything is allocated for it.</summary>
internal static class SizeCheck
{
    /// <exception cref="VaeFormatException">A side is zero.</exception>
    /// <exception cref="VaeLimitException">A side or the number of pixels exceeds its limit.</exception>
    internal static void Check(string format, long width, long height, VaeLimits limits)
    {
        if (width < 1 || height < 1)
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"{format}: the header gives a size of {width} x {height}; both sides must be at least 1. The file is damaged.");
        }

        if (width > limits.MaxSide || height > limits.MaxSide)
        {
            throw new VaeLimitException(
                $"{format}: the picture is {width} x {height} pixels; the limit for a side is {limits.MaxSide}. Raise it (VaeLimits.MaxSide in code) if the file is to be trusted.");
        }

        long pixels = checked(width * height);
        if (pixels > limits.MaxPixels)
        {
            throw new VaeLimitException(
                $"{format}: the picture has {pixels} pixels ({width} x {height}); the limit is {limits.MaxPixels}. Raise it (--max-pixels for the tool, VaeLimits.MaxPixels in code) if the file is to be trusted.");
        }
    }
}
