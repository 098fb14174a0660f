using System.Numerics;

namespace VaeCodec.Models.Tests.Support;

/// <summary>a * b + c with whole numbers of any size, rounded once to nearest, ties to even.</summary>
internal static class ExactFma
{
    public static float MultiplyAdd(float a, float b, float c)
    {
        if (!float.IsFinite(a) || !float.IsFinite(b) || !float.IsFinite(c))
        {
            // No rounding is involved where something is infinite or not a number.
            return (float)(((double)a * b) + c);
        }

        (BigInteger ma, int ea) = Split(a);
        (BigInteger mb, int eb) = Split(b);
        (BigInteger mc, int ec) = Split(c);
        int exponent = Math.Min(ea + eb, ec);
        return Round(((ma * mb) << (ea + eb - exponent)) + (mc << (ec - exponent)), exponent);
    }

    private static (BigInteger Mantissa, int Exponent) Split(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        int exponent = (bits >> 23) & 0xFF;
        int mantissa = bits & 0x7FFFFF;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -149) : (mantissa | 0x800000, exponent - 150);
        return (bits < 0 ? -mantissa : mantissa, exponent);
    }

    private static float Round(BigInteger number, int exponent)
    {
        BigInteger magnitude = BigInteger.Abs(number);
        if (magnitude.IsZero)
        {
            return 0;
        }

        int top = (int)magnitude.GetBitLength() - 1 + exponent;
        int last = Math.Max(top - 23, -149);
        int drop = last - exponent;
        BigInteger kept = drop <= 0 ? magnitude << -drop : magnitude >> drop;
        if (drop > 0)
        {
            BigInteger rest = magnitude - (kept << drop), half = BigInteger.One << (drop - 1);
            if (rest > half || (rest == half && !kept.IsEven))
            {
                kept++;
            }
        }

        float result = (float)Math.ScaleB((double)kept, last);
        return number.Sign < 0 ? -result : result;
    }
}
