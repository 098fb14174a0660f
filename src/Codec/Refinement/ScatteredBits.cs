namespace VaeCodec.Refinement;

/// <summary>Bits that look random and are the same on every machine: a multiplicative hash of three numbers.</summary>
internal static class ScatteredBits
{
    /// <summary>32 bits.</summary>
    public static uint Of(uint first, uint second, uint third)
    {
        uint bits = (first * 0x9E3779B1) ^ (second * 0x85EBCA77) ^ (third * 0xC2B2AE3D);
        bits = (bits ^ (bits >> 15)) * 0x2C1B3C6D;
        bits = (bits ^ (bits >> 12)) * 0x297A2D39;
        return bits ^ (bits >> 15);
    }
}
