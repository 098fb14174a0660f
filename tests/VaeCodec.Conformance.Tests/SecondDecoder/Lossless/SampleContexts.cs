namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.5: the contexts in which the residual of a sample is coded.</summary>
/// <param name="Eight">The values of the eight contexts.</param>
/// <param name="First">The context that chooses the first mixer.</param>
/// <param name="SecondBase">The one that chooses the second mixer, but for its last factor, the min(floor(log2(n + 1)), 3).</param>
internal sealed record SampleContexts(int[] Eight, int First, int SecondBase);
