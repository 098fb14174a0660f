using System.Numerics;

namespace VaeCodec.Lossless;

/// <summary>The hash that surroundings of a sample or a pixel are told apart by (spec/vae-format.md, section 13.5).</summary>
internal static class SurroundingsHash
{
    /// <summary>The hash of what has been hashed and one value more.</summary>
    public static uint Add(uint hash, uint value) => ((hash ^ value) * 0x9E3779B1u) ^ BitOperations.RotateLeft(hash, 13);
}
