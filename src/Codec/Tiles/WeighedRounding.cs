using System.Numerics;
using VaeCodec.Models.Bundle;

namespace VaeCodec.Tiles;

/// <summary>
/// Rate-distortion optimised quantisation of single symbols: to the nearest integer, or to the next one towards zero
/// where the bits that this saves, by the symbol's own probability table, outweigh the larger error. A decoder does not notice.
/// </summary>
/// <remarks>
/// Thresholds come from integer frequencies through a logarithm in integers, so that every machine chooses the same symbols.
/// The rule is that of HEVC's reference encoder (Karczewicz, Ye, Chong, "Rate distortion optimized quantization", VCEG-AH21, 2008) for one
/// symbol at a time.
/// </remarks>
internal sealed class WeighedRounding
{
    private const int LargestMagnitude = 128;
    private const int FractionBits = 10;

    private readonly float[][] _thresholds;

    /// <summary>Prepares thresholds.</summary>
    /// <param name="scales">The probability tables, one for each scale.</param>
    /// <param name="bitPrice">How many times its usual price a bit has.</param>
    public WeighedRounding(IReadOnlyList<CdfTable> scales, double bitPrice = 1) => _thresholds = [.. scales.Select(table => Thresholds(table, bitPrice))];

    /// <summary>Chooses a symbol.</summary>
    /// <param name="value">y - mu in quantiser units.</param>
    /// <param name="scale">Index of the scale.</param>
    public float Round(float value, int scale)
    {
        float nearest = MathF.Round(value), magnitude = MathF.Abs(nearest);
        float[] thresholds = _thresholds[scale];
        return magnitude > 0 && magnitude <= thresholds.Length && MathF.Abs(value) < thresholds[(int)magnitude - 1]
            ? nearest - MathF.CopySign(1, value)
            : nearest;
    }

    /// <summary>Bits of what has so many chances in 65536.</summary>
    internal static float Bits(int frequency) => CdfTable.Bits - (Log2(frequency) / (float)(1 << FractionBits));

    /// <summary>log2 of a frequency in 1024ths, rounded down: the fraction by repeated squaring.</summary>
    internal static int Log2(int frequency)
    {
        int whole = BitOperations.Log2((uint)frequency);
        ulong mantissa = (ulong)(uint)frequency << (31 - whole);
        int result = whole;
        for (int bit = 0; bit < FractionBits; bit++)
        {
            mantissa = (mantissa * mantissa) >> 31;
            int carry = (int)(mantissa >> 32);
            mantissa >>= carry;
            result = (result << 1) | carry;
        }

        return result;
    }

    /// <summary>For each magnitude from 1 on the value below which the next lower symbol is better.</summary>
    private static float[] Thresholds(CdfTable table, double bitPrice)
    {
        int count = Math.Clamp(Math.Min(-table.First, table.First + table.SymbolCount - 1), 0, LargestMagnitude);
        float[] thresholds = new float[count];
        for (int magnitude = 1; magnitude <= count; magnitude++)
        {
            int entry = magnitude - table.First;
            int saved = Log2(table.Frequency(entry - 1)) - Log2(table.Frequency(entry));

            // (v - (m - 1))^2 - (v - m)^2 = 2 (v - m) + 1.
            double shift = saved * bitPrice / ((1 << FractionBits) * 2 * QuantisationRule.SquaredErrorBits);
            thresholds[magnitude - 1] = (float)(magnitude - 0.5 + shift);
        }

        return thresholds;
    }
}
