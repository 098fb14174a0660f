namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.4: how magnitudes and differences become small numbers.</summary>
/// <param name="shift">The shift of the tile's scale.</param>
internal sealed class Classes(int shift)
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

    public static int EnergyClass(long e) => Math.Min(H(e >> 1), 23);

    public int Q(long d)
    {
        int magnitude = (Math.Abs(d) >> shift) switch
        {
            0 => 0,
            < 3 => 1,
            < 7 => 2,
            < 16 => 3,
            _ => 4,
        };
        return 4 + (Math.Sign(d) * magnitude);
    }

    public int C(long d)
    {
        int magnitude = (Math.Abs(d) >> shift) switch
        {
            < 2 => 0,
            < 8 => 1,
            _ => 2,
        };
        return 2 + (Math.Sign(d) * magnitude);
    }
}
