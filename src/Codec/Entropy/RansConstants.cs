using VaeCodec.Models.Bundle;

namespace VaeCodec.Entropy;

/// <summary>
/// The entropy coder's parameters: range asymmetric numeral systems (Duda, "Asymmetric numeral systems", arXiv 1311.2540),
/// two interleaved 64-bit states that take turns, renormalised by 32-bit words.
/// </summary>
/// <remarks>
/// A state x lies in [2^31, 2^63). With 16-bit probabilities the rounding of x / frequency costs less than 2^-15 of a
/// symbol, so nothing of the rate is lost to the coder; the flush costs 2 x 31 bits a tile.
/// </remarks>
internal static class RansConstants
{
    /// <summary>Interleaved states.</summary>
    public const int States = 2;

    /// <summary>Bits of a probability.</summary>
    public const int ProbabilityBits = CdfTable.Bits;

    /// <summary>Lower bound of a state, the value it starts from when encoding and must end at when decoding.</summary>
    public const ulong LowerBound = 1UL << 31;

    /// <summary>Bytes of the flushed states at the start of a stream.</summary>
    public const int StateBytes = States * sizeof(ulong);
}
