using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Sections 8.1, 8.5 and 10.4: the layers of a network of floats, with their weights.</summary>
internal static class NetworkBuilder
{
    /// <summary>Section 8.5 holds for grids of at least this resolution: pixels along a place.</summary>
    private const int CoarsestWinograd = 16;

    public static Network Build(NetworkDescription network, ModelTensors tensors, bool winograd)
    {
        List<INetworkLayer> layers = [];
        int pixels = NetworkResolution.OfInput(network.Name);
        for (int i = 0; i < network.Layers.Length; i++)
        {
            LayerDescription layer = network.Layers[i];
            layers.Add(BuildLayer(layer, network.Prefix(i), tensors, winograd && pixels <= CoarsestWinograd));
            pixels = pixels * NetworkResolution.Down(layer) / NetworkResolution.Up(layer);
        }

        return new Network(layers);
    }

    private static INetworkLayer BuildLayer(LayerDescription layer, string prefix, ModelTensors tensors, bool winograd) => layer.Kind switch
    {
        LayerKind.Convolution => BuildConvolution(layer, prefix, tensors, winograd),
        LayerKind.TransposedConvolution => new TransposedConvolution(
            layer.Inputs,
            layer.Outputs,
            layer.Kernel,
            tensors.Weights(prefix + ".weight", layer.Inputs, layer.Outputs, layer.Kernel, layer.Kernel),
            tensors.Weights(prefix + ".bias", layer.Outputs)),
        LayerKind.ResidualBlock => BuildResidualBlock(layer, prefix, tensors, winograd),
        LayerKind.PixelShuffle => new PixelShuffle(layer.Factor),
        LayerKind.PixelUnshuffle => new PixelUnshuffle(),
        LayerKind.LeakyRelu => new LeakyRelu(layer.Slope),
        _ => throw new ArgumentException($"There is no layer {layer.Kind}.", nameof(layer)),
    };

    private static ResidualBlock BuildResidualBlock(LayerDescription layer, string prefix, ModelTensors tensors, bool winograd)
    {
        LayerDescription convolution = new(LayerKind.Convolution)
        {
            Inputs = layer.Channels,
            Outputs = layer.Channels,
            Kernel = 3,
            Padding = 1,
            Bias = true,
        };
        return new ResidualBlock(
            BuildConvolution(convolution, prefix + ".a", tensors, winograd),
            BuildConvolution(convolution, prefix + ".b", tensors, winograd),
            new LeakyRelu(layer.Slope));
    }

    private static INetworkLayer BuildConvolution(LayerDescription layer, string prefix, ModelTensors tensors, bool winograd)
    {
        float[] weights = tensors.Weights(prefix + ".weight", layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel);
        float[] biases = layer.Bias ? tensors.Weights(prefix + ".bias", layer.Outputs) : new float[layer.Outputs];
        return winograd && layer.Kernel == 3 && layer.Stride == 1
            ? new WinogradConvolution(layer.Inputs, layer.Outputs, weights, biases)
            : new Convolution(layer, weights, biases);
    }
}
