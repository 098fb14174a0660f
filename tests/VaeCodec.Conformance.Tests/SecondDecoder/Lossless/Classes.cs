namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.4: how magnitudes and differences become small numbers.</summary>
internal static class Classes
{
    /// <summary>H: two classes for each power of two.</summary>
    public static int H(long v)
    {
        if (v < 2)
        {
            return (int)v;
        }

        int k = (int)long.Log2(v);
        return (2 * k) + (int)((v >> (k - 1)) & 1);
    }

    public static int EnergyClass(long energy) => Math.Min(H(energy >> 1), 23);

    public static int Q(long difference)
    {
        int magnitude = Math.Abs(difference) switch
        {
            0 => 0,
            < 3 => 1,
            < 7 => 2,
            < 16 => 3,
            _ => 4,
        };
        return 4 + (Math.Sign(difference) * magnitude);
    }

    public static int C(long difference)
    {
        int magnitude = Math.Abs(difference) switch
        {
            < 2 => 0,
            < 8 => 1,
            _ => 2,
        };
        return 2 + (Math.Sign(difference) * magnitude);
    }
}
