namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: a colour on offer.</summary>
/// <param name="Colour">The colour, v.</param>
/// <param name="Source">Where it comes from, u.</param>
internal sealed record Offer(ulong Colour, int Source);
