namespace VaeCodec.Imaging.Sample;

/// <summary>Hashed pseudo-random values; the same on every machine.</summary>
internal static class SampleNoise
{
    /// <summary>A well mixed 32-bit value for a lattice point.</summary>
    internal static uint Hash(uint seed, int x, int y)
    {
        unchecked
        {
            uint h = seed + ((uint)x * 0x9E3779B1u) + ((uint)y * 0x85EBCA77u);
            h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
            h = (h ^ (h >> 12)) * 0x297A2D39u;
            return h ^ (h >> 15);
        }
    }

    /// <summary>Smoothstep of n/size, scaled to 0..256.</summary>
    internal static int Ease(int n, int size)
    {
        long t = (long)n * 4096 / size;
        return (int)((t * t * ((3 * 4096) - (2 * t))) >> 28);
    }
}
