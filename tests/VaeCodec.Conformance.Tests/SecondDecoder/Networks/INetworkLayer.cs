namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: a layer of a network of floats.</summary>
internal interface INetworkLayer
{
    Grid<float> Apply(Grid<float> input);
}
