namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: a chain of layers.</summary>
/// <param name="layers">The layers.</param>
internal sealed class Network(IReadOnlyList<INetworkLayer> layers)
{
    public Grid<float> Apply(Grid<float> input) => layers.Aggregate(input, (grid, layer) => layer.Apply(grid));
}
