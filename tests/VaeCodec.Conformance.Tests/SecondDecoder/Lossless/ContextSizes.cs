namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Sections 13.5 and 13.9: how many values the contexts have.</summary>
/// <param name="Eight">Of the eight contexts.</param>
/// <param name="First">Of the one that chooses the first mixer.</param>
/// <param name="Second">Of the one that chooses the second mixer.</param>
/// <param name="Nodes">How many nodes each value has.</param>
internal sealed record ContextSizes(int[] Eight, int First, int Second, int Nodes);
