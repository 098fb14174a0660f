using System.Numerics;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Sections 13.5 and 13.9: hashes of 32 bits.</summary>
internal static class Hashing
{
    /// <summary>hash(h, a, b, ...), each value as 32 bits in two's complement.</summary>
    public static uint Of(uint h, params long[] values)
    {
        foreach (long value in values)
        {
            h = unchecked((h ^ (uint)value) * 0x9E3779B1) ^ BitOperations.RotateLeft(h, 13);
        }

        return h;
    }

    /// <summary>final(h), of section 13.9.</summary>
    public static uint Final(uint h)
    {
        h = unchecked((h ^ (h >> 15)) * 0x2C1B3C6D);
        return h ^ (h >> 13);
    }
}
