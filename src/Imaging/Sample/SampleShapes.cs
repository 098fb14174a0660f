namespace VaeCodec.Imaging.Sample;

/// <summary>Geometry in integers.</summary>
internal static class SampleShapes
{
    /// <summary>The square root, rounded down.</summary>
    internal static long SquareRoot(long value)
    {
        long root = 0;
        for (long bit = 1L << 31; bit > 0; bit >>= 1)
        {
            long next = root + bit;
            root = next * next <= value ? next : root;
        }

        return root;
    }

    /// <summary>How much of pixel row <paramref name="y"/> lies between two heights (256ths of a pixel), in 256ths.</summary>
    internal static int Coverage(int y, long top, long bottom) =>
        (int)Math.Max(0, Math.Min(bottom, (y + 1L) << 8) - Math.Max(top, (long)y << 8));
}
