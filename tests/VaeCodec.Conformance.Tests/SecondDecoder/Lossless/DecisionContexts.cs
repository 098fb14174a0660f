namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Sections 13.5 and 13.9: the contexts in which a residual, or whether a pixel is a colour on offer, is coded.</summary>
/// <param name="Eight">The values of the eight contexts.</param>
/// <param name="First">The context that chooses the first mixer.</param>
/// <param name="SecondBase">The one that chooses the second mixer, but for its last factor, the min(floor(log2(n + 1)), 3).</param>
internal sealed record DecisionContexts(int[] Eight, int First, int SecondBase);
