namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.5: what the layers of a model must be like. The tensors are verified where they are read.</summary>
internal static class StructureRules
{
    private const int MostLayers = 64;
    private const int MostChannels = 4096;
    private const int MostResolution = 64;
    private const double MostWork = 2_000_000;

    public static void Verify(ModelDescription description)
    {
        double work = 0;
        foreach (NetworkDescription network in description.Networks)
        {
            Require(network.Layers.Length is >= 1 and <= MostLayers, network, "the number of layers");
            int inputs = description.InputsOf(network.Name);
            work += VerifyChain(network, inputs, description.OutputsOf(network.Name));
            NetworkRules.Verify(network);
        }

        DecodingException.Require(work <= MostWork, FailureKind.ModelInvalid, "The model takes too much work.");
    }

    /// <summary>Follows channels and resolution from layer to layer.</summary>
    /// <returns>Multiply-adds for a pixel of the picture.</returns>
    private static double VerifyChain(NetworkDescription network, int inputs, int? outputs)
    {
        int channels = inputs;
        int down = 1;
        int up = 1;
        double work = 0;
        for (int i = 0; i < network.Layers.Length; i++)
        {
            LayerDescription layer = network.Layers[i];
            double before = Places(network, down, up);
            VerifyLayer(network, i, channels);
            channels = ChannelsAfter(network, layer, channels);
            down *= NetworkResolution.Down(layer);
            up *= NetworkResolution.Up(layer);
            Require(down <= MostResolution && up <= MostResolution, network, "the resolution");
            work += Work(layer, before, Places(network, down, up));
        }

        Require(outputs is null || channels == outputs, network, $"{channels} channels at the end");
        Require(NetworkResolution.OfInput(network.Name) * down == NetworkResolution.OfOutput(network.Name) * up, network, "the resolution at the end");
        return work;
    }

    /// <summary>Places of a grid for a pixel of the picture.</summary>
    private static double Places(NetworkDescription network, int down, int up)
    {
        double pixels = (double)NetworkResolution.OfInput(network.Name) * down / up;
        return 1 / (pixels * pixels);
    }

    private static double Work(LayerDescription layer, double before, double after) => layer.Kind switch
    {
        LayerKind.Convolution => (double)layer.Inputs * layer.Outputs * layer.Kernel * layer.Kernel * after,
        LayerKind.TransposedConvolution => (double)layer.Inputs * layer.Outputs * layer.Kernel * layer.Kernel * before,
        LayerKind.ResidualBlock => 18.0 * layer.Channels * layer.Channels * after,
        _ => 0,
    };

    private static int ChannelsAfter(NetworkDescription network, LayerDescription layer, int channels)
    {
        int after = layer.Kind switch
        {
            LayerKind.Convolution or LayerKind.TransposedConvolution => layer.Outputs,
            LayerKind.PixelShuffle => channels / (layer.Factor * layer.Factor),
            LayerKind.PixelUnshuffle => channels * layer.Factor * layer.Factor,
            _ => channels,
        };
        Require(after <= MostChannels, network, $"{after} channels");
        return after;
    }

    private static void VerifyLayer(NetworkDescription network, int index, int channels)
    {
        LayerDescription layer = network.Layers[index];
        switch (layer.Kind)
        {
            case LayerKind.Convolution:
                Require(layer.Inputs == channels, network, $"{layer.Inputs} inputs in layer {index}");
                bool sameSize = layer.Kernel % 2 == 1 && layer.Kernel <= 7 && layer.Padding == (layer.Kernel - 1) / 2 && layer.Stride <= 2;
                bool patches = layer.Kernel == layer.Stride && layer.Padding == 0;
                Require(sameSize || patches, network, $"kernel, stride and padding of layer {index}");
                Require(layer.Stride == 1 || network.Name is NetworkNames.AnalysisLinear or NetworkNames.AnalysisBranch or NetworkNames.HyperAnalysis, network, "a stride");
                Require(layer.Kernel < 16 || network.Name == NetworkNames.AnalysisLinear, network, "a kernel of 16");
                break;
            case LayerKind.TransposedConvolution:
                Require(layer.Inputs == channels, network, $"{layer.Inputs} inputs in layer {index}");
                Require(network.Name == NetworkNames.SynthesisLinear, network, "a transposed convolution");
                break;
            case LayerKind.ResidualBlock:
                Require(layer.Channels == channels, network, $"{layer.Channels} channels in layer {index}");
                break;
            case LayerKind.PixelShuffle:
                Require(channels % (layer.Factor * layer.Factor) == 0, network, $"the factor of layer {index}");
                Require(index > 0 && network.Layers[index - 1].Kind == LayerKind.Convolution, network, "a shuffle that follows no convolution");
                Require(network.Name is NetworkNames.SynthesisBranch or NetworkNames.HyperScale or NetworkNames.HyperMean, network, "a shuffle");
                break;
            case LayerKind.PixelUnshuffle:
                Require(network.Name == NetworkNames.AnalysisBranch && index == 0, network, "an unshuffle");
                break;
        }
    }

    private static void Require(bool holds, NetworkDescription network, string broken)
        => DecodingException.Require(holds, FailureKind.ModelInvalid, $"{network.Name}: {broken}.");
}
