namespace VaeCodec.Imaging.Io;

/// <summary>Checks a picture's declared size against the limits, before anything is allocated for it.</summary>
internal static class SizeCheck
{
    /// <summary>Room that filters and buffers need beside a row.</summary>
    private const int Spare = 64;

    /// <summary>Checks that a row of a picture fits an array, which no limit can change.</summary>
    /// <exception cref="VaeLimitException">It does not.</exception>
    internal static void CheckRow(string format, int width, PixelLayout layout)
    {
        long bytes = (long)width * layout.BytesPerPixel();
        if (bytes > Array.MaxLength - Spare)
        {
            throw new VaeLimitException(
                $"{format}: a row of the picture has {width} pixels of {layout.BytesPerPixel()} bytes, {bytes} in all; at most {Array.MaxLength - Spare} are read. Cut the picture into narrower ones first.");
        }
    }

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
