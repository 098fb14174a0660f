namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: pixel_shuffle.</summary>
/// <param name="factor">The factor.</param>
internal sealed class PixelShuffle(int factor) : INetworkLayer
{
    public Grid<float> Apply(Grid<float> input) => Shuffling.Shuffle(input, factor);
}
