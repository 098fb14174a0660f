using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VaeCodec.Models.Cpu.Simd;

/// <summary>
/// a * b + c with one rounding, for processors without the instruction.
/// </summary>
/// <remarks>
/// The product of two floats is exact in double (24 + 24 bits fit 53). The sum is rounded to odd: two-sum gives its
/// error, and where the error is not zero and the sum's last bit is even, the neighbour towards the error is taken. A
/// double rounded to odd has more than two bits beyond a float, so the final rounding to float is the only one that
/// counts (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd",
/// IEEE Transactions on Computers 57(4), 2008). Plainly rounding the double sum to float is wrong in rare cases.
/// </remarks>
internal static class SoftwareFma
{
    /// <summary>a * b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c)
    {
        double product = (double)a * b;
        double addend = c;
        double sum = product + addend;
        double part = sum - product;
        double error = (product - (sum - part)) + (addend - part);
        long bits = BitConverter.DoubleToInt64Bits(sum);
        if ((error > 0 || error < 0) && (bits & 1) == 0)
        {
            bits += (error > 0) == (sum > 0) ? 1 : -1;
            sum = BitConverter.Int64BitsToDouble(bits);
        }

        return (float)sum;
    }

    /// <summary>a * b + c in each element, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        (Vector128<double> a0, Vector128<double> a1) = Vector128.Widen(a);
        (Vector128<double> b0, Vector128<double> b1) = Vector128.Widen(b);
        (Vector128<double> c0, Vector128<double> c1) = Vector128.Widen(c);
        return Vector128.Narrow(SumToOdd(a0 * b0, c0), SumToOdd(a1 * b1, c1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SumToOdd(Vector128<double> product, Vector128<double> addend)
    {
        Vector128<double> sum = product + addend;
        Vector128<double> part = sum - product;
        Vector128<double> error = (product - (sum - part)) + (addend - part);
        Vector128<long> bits = sum.AsInt64();
        Vector128<long> positive = Vector128.GreaterThan(error, Vector128<double>.Zero).AsInt64();
        Vector128<long> negative = Vector128.LessThan(error, Vector128<double>.Zero).AsInt64();
        Vector128<long> sumPositive = Vector128.GreaterThan(sum, Vector128<double>.Zero).AsInt64();
        Vector128<long> even = Vector128.Equals(bits & Vector128<long>.One, Vector128<long>.Zero);

        // outward: +1 where the error points away from zero, -1 where it points towards it (masks are -1 or 0)
        Vector128<long> outward = ~(positive ^ sumPositive);
        Vector128<long> step = (outward & Vector128<long>.One) | ~outward;
        Vector128<long> adjust = (positive | negative) & even;
        return (bits + (step & adjust)).AsDouble();
    }
}
