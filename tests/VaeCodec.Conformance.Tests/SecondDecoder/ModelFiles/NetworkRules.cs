namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.5, "Of particular networks", and the layers of chapter 7.</summary>
internal static class NetworkRules
{
    public static void Verify(NetworkDescription network)
    {
        LayerDescription first = network.Layers[0];
        LayerDescription last = network.Layers[^1];
        bool holds = network.Name switch
        {
            NetworkNames.AnalysisLinear => IsOne(network, LayerKind.Convolution, 16) && !first.Bias,
            NetworkNames.SynthesisLinear => IsOne(network, LayerKind.TransposedConvolution, 16),
            NetworkNames.ContextSpatial => IsOne(network, LayerKind.Convolution, 5) && first.Stride == 1 && first.Bias,
            NetworkNames.AnalysisBranch => first.Kind == LayerKind.PixelUnshuffle,
            NetworkNames.SynthesisBranch => last.Kind == LayerKind.PixelShuffle,
            NetworkNames.ContextFuse => IsFuse(network.Layers),
            NetworkNames.HyperScale => IsHyperScale(network.Layers),
            _ => last.Kind != LayerKind.PixelShuffle,
        };
        DecodingException.Require(holds, FailureKind.ModelInvalid, $"{network.Name} has other layers than it must have.");
    }

    private static bool IsOne(NetworkDescription network, LayerKind kind, int kernel)
        => network.Layers.Length == 1 && network.Layers[0].Kind == kind && network.Layers[0].Kernel == kernel;

    /// <summary>Convolutions with kernel 1, stride 1 and biases, each followed by at most one leaky_relu.</summary>
    private static bool IsFuse(LayerDescription[] layers)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            bool convolution = layers[i] is { Kind: LayerKind.Convolution, Kernel: 1, Stride: 1, Bias: true };
            bool activation = layers[i].Kind == LayerKind.LeakyRelu && i > 0 && layers[i - 1].Kind == LayerKind.Convolution;
            if (!convolution && !activation)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Chapter 7: convolution, perhaps a shuffle, then a ReLU; and one convolution at the end.</summary>
    private static bool IsHyperScale(LayerDescription[] layers)
    {
        int i = 0;
        while (i < layers.Length && IsIntegerConvolution(layers[i]))
        {
            i++;
            if (i == layers.Length)
            {
                return true;
            }

            if (layers[i].Kind == LayerKind.PixelShuffle)
            {
                i++;
            }

            if (i == layers.Length || layers[i] is not { Kind: LayerKind.LeakyRelu, Slope: 0 })
            {
                return false;
            }

            i++;
        }

        return false;
    }

    private static bool IsIntegerConvolution(LayerDescription layer)
        => layer is { Kind: LayerKind.Convolution, Stride: 1, Bias: true } && layer.Kernel % 2 == 1 && layer.Padding == (layer.Kernel - 1) / 2;
}
