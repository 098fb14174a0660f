namespace VaeCodec.Conformance.Tests.Support;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014): the same numbers on
/// every machine and in every version of .NET, which System.Random does not promise.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>An integer from 0 to below a bound.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>A byte.</summary>
    public byte Byte() => (byte)(Next() >> 56);

    /// <summary>A multiple of 2^-23 in -1..1.</summary>
    public float Signed() => ((int)(Next() >> 40) - (1 << 23)) / (float)(1 << 23);
}
