using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Bundling;

/// <summary>Puts the tensors of a model file together.</summary>
internal static class ModelAssembly
{
    /// <summary>Makes a model file of float weights and a quantised scale network.</summary>
    /// <param name="weights">The float weights.</param>
    /// <param name="description">The networks.</param>
    /// <param name="levels">The trained tables.</param>
    /// <param name="scaleNetwork">The convolutions of the integer scale network.</param>
    /// <param name="symbols">What symbols were seen under each scale; without any, tables are Gaussian.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="metadata">Further texts.</param>
    public static SafetensorsFile Assemble(
        SafetensorsFile weights,
        ModelDescription description,
        LevelTables levels,
        IReadOnlyList<IntegerConvolution> scaleNetwork,
        SymbolCounts symbols,
        string name,
        IReadOnlyDictionary<string, string> metadata)
    {
        SafetensorsFile file = new();
        foreach ((string key, string text) in metadata)
        {
            file.Metadata[key] = text;
        }

        file.Metadata[ModelTensors.FormatKey] = ModelTensors.FormatName;
        file.Metadata[ModelTensors.NameKey] = name;
        file.Metadata[ModelTensors.DescriptionKey] = ModelDescriptionJson.Write(description);
        foreach ((string tensor, int[] shape) in description.FloatNetworks.SelectMany(network => network.Tensors()))
        {
            file.Tensors[tensor] = Tensor.FromFloatsAsHalf(shape, FloatWeights.Read(weights, tensor, shape));
        }

        int[] byChannel = [ModelDescription.Qualities, description.LatentChannels];
        file.Tensors[ModelTensors.Gain] = Tensor.FromFloats(byChannel, levels.ForAllQualities("gain.log", Math.Exp));
        file.Tensors[ModelTensors.InverseGain] = Tensor.FromFloats(byChannel, levels.ForAllQualities("gain.log_inverse", Math.Exp));
        file.Tensors[ModelTensors.MeanGain] = Tensor.FromFloats(byChannel, levels.ForAllQualities("hyper_mean.gain", value => value));
        file.Tensors[ModelTensors.ScaleOffset] = Tensor.FromIntegers(TensorType.I16, byChannel, ScaleOffsets(levels));
        AddScaleNetwork(file, description, scaleNetwork);
        AddScaleTables(file, description, symbols);
        AddPriors(file, description, levels);
        return file;
    }

    /// <summary>For each quality and channel what turns the output of h_s into an index: round(16 (bias - ln 0.11)).</summary>
    private static int[] ScaleOffsets(LevelTables levels)
        => [.. levels.ForAllQualities("hyper_scale.bias", bias => Math.Round(ProbabilityTables.StepsPerNat * (bias - Math.Log(ProbabilityTables.MinSigma)))).Select(offset => Math.Clamp((int)offset, short.MinValue, short.MaxValue))];

    private static void AddScaleNetwork(SafetensorsFile file, ModelDescription description, IReadOnlyList<IntegerConvolution> convolutions)
    {
        NetworkDescription network = description.HyperScale;
        int next = 0;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (network.Layers[i] is Convolution)
            {
                IntegerConvolution c = convolutions[next++];
                string layer = network.LayerName(i);
                file.Tensors[$"{layer}.weight"] = Tensor.FromIntegers(TensorType.I8, [c.Outputs, c.Inputs, c.Kernel, c.Kernel], [.. c.Weights.Select(weight => (int)weight)]);
                file.Tensors[$"{layer}.bias"] = Tensor.FromIntegers(TensorType.I32, [c.Outputs], c.Bias);
                file.Tensors[ModelTensors.Shift(layer)] = Tensor.FromIntegers(TensorType.U8, [c.Outputs], [.. c.Shift.Select(shift => (int)shift)]);
            }
        }
    }

    private static void AddScaleTables(SafetensorsFile file, ModelDescription description, SymbolCounts symbols)
    {
        List<int> halfWidths = [], frequencies = [];
        for (int index = 0; index < description.Scales; index++)
        {
            int[] table = ProbabilityTables.Scale(index, symbols.Of(index));
            halfWidths.Add(ProbabilityTables.HalfWidth(table));
            frequencies.AddRange(table);
        }

        file.Tensors[ModelTensors.ScaleHalfWidth] = Tensor.FromIntegers(TensorType.U16, [halfWidths.Count], [.. halfWidths]);
        file.Tensors[ModelTensors.ScaleFrequencies] = Tensor.FromIntegers(TensorType.U16, [frequencies.Count], [.. frequencies]);
    }

    private static void AddPriors(SafetensorsFile file, ModelDescription description, LevelTables levels)
    {
        List<int> firsts = [], counts = [], frequencies = [];
        for (int quality = 1; quality <= ModelDescription.Qualities; quality++)
        {
            for (int channel = 0; channel < description.HyperChannels; channel++)
            {
                double sigma = Math.Max(ProbabilityTables.MinSigma, Math.Exp(levels.At("z_prior.log_scale", quality, channel)));
                (int first, int[] table) = ProbabilityTables.Prior(levels.At("z_prior.mean", quality, channel), sigma);
                firsts.Add(first);
                counts.Add(table.Length - 1);
                frequencies.AddRange(table);
            }
        }

        int[] shape = [ModelDescription.Qualities, description.HyperChannels];
        file.Tensors[ModelTensors.PriorFirst] = Tensor.FromIntegers(TensorType.I16, shape, [.. firsts]);
        file.Tensors[ModelTensors.PriorCount] = Tensor.FromIntegers(TensorType.U8, shape, [.. counts]);
        file.Tensors[ModelTensors.PriorFrequencies] = Tensor.FromIntegers(TensorType.U16, [frequencies.Count], [.. frequencies]);
    }
}
