using VaeCodec.Models.Bundle;

namespace VaeCodec.Entropy;

/// <summary>Exact division of rANS states by a frequency with a multiplication: a 64-bit division takes longer than all else a symbol takes.</summary>
/// <remarks>
/// Source: Alverson, "Integer Division Using Reciprocals", ARITH 1991; as rANS coders use it: Giesen, ryg_rans, rans64.h. Exact for states below 2^63,
/// which is where the encoder's lie.
/// </remarks>
/// <param name="Factor">The reciprocal, scaled by a power of 2 and rounded up.</param>
/// <param name="Shift">What the scaling leaves to be shifted out.</param>
internal readonly record struct Reciprocal(ulong Factor, int Shift)
{
    /// <summary>The reciprocals of all frequencies, 1 to <see cref="CdfTable.Total"/>; that of 0 is nothing.</summary>
    public static Reciprocal[] All { get; } = [default, .. Enumerable.Range(1, CdfTable.Total).Select(frequency => Of((uint)frequency))];

    /// <summary>The reciprocal of a frequency.</summary>
    /// <param name="frequency">1 to 65536.</param>
    public static Reciprocal Of(uint frequency)
    {
        if (frequency == 1)
        {
            // Its factor, 2^64, does not fit; Divide knows it by the shift.
            return new Reciprocal(0, -1);
        }

        // ceil(2^(shift + 63) / frequency), with 2^(shift - 1) < frequency <= 2^shift, in two steps of 64 bits.
        int shift = 32 - System.Numerics.BitOperations.LeadingZeroCount(frequency - 1);
        (ulong high, ulong rest) = Math.DivRem(1UL << 63, frequency);
        return new Reciprocal((high << shift) + (((rest << shift) + frequency - 1) / frequency), shift - 1);
    }

    /// <summary>The quotient, rounded down.</summary>
    /// <param name="state">Below 2^63.</param>
    public ulong Divide(ulong state) => Shift < 0 ? state : Math.BigMul(state, Factor, out _) >> Shift;
}
