using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Chapter 7: the integer scale network. Its ReLUs are the clamps of its convolutions.</summary>
internal sealed class IntegerScaleNetwork
{
    private readonly List<Func<Grid<int>, Grid<int>>> _layers = [];

    private IntegerScaleNetwork()
    {
    }

    public static IntegerScaleNetwork Build(NetworkDescription network, ModelTensors tensors)
    {
        IntegerScaleNetwork result = new();
        for (int i = 0; i < network.Layers.Length; i++)
        {
            LayerDescription layer = network.Layers[i];
            if (layer.Kind == LayerKind.Convolution)
            {
                IntegerConvolution convolution = new(layer, network.Prefix(i), tensors, isFirst: i == 0, isLast: i == network.Layers.Length - 1);
                result._layers.Add(convolution.Apply);
            }
            else if (layer.Kind == LayerKind.PixelShuffle)
            {
                result._layers.Add(grid => Shuffling.Shuffle(grid, layer.Factor));
            }
        }

        return result;
    }

    /// <summary>h_s from a tile's z.</summary>
    public Grid<int> Apply(Grid<int> z) => _layers.Aggregate(z, (grid, layer) => layer(grid));
}
