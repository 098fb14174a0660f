namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: pixel_unshuffle. Only the analysis has it, which a decoder verifies and never runs.</summary>
internal sealed class PixelUnshuffle : INetworkLayer
{
    public Grid<float> Apply(Grid<float> input) => throw new NotSupportedException("A decoder does not run the analysis.");
}
