namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: what a full place holds.</summary>
/// <param name="Colour">The colour, m.</param>
/// <param name="Tag">The low bits of the key that it was stored for.</param>
/// <param name="Confidence">The confidence, t.</param>
internal sealed record Memory(ulong Colour, uint Tag, int Confidence);
