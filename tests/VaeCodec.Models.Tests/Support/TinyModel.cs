using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Models.Tests.Support;

/// <summary>A whole model of a few kilobytes with random weights, as a model file.</summary>
internal static class TinyModel
{
    public static ModelDescription Description { get; } = Describe();

    /// <summary>The tensors and texts of the model file; each call gives new ones.</summary>
    public static SafetensorsFile Create(int seed = 1)
    {
        Random random = new(seed);
        SafetensorsFile file = new();
        file.Metadata["format"] = "vaecodec-model/0.1";
        file.Metadata["name"] = "tiny";
        file.Metadata["description"] = ModelDescriptionJson.Write(Description);
        file.Metadata["training"] = "none";
        foreach (NetworkDescription network in Description.FloatNetworks)
        {
            foreach ((string name, int[] shape, float[] values) in new RandomNetwork(network, random).All)
            {
                file.Tensors[name] = Tensor.FromFloats(shape, values);
            }
        }

        int[] byChannel = [ModelDescription.Qualities, Description.LatentChannels];
        int count = byChannel[0] * byChannel[1];
        file.Tensors["gain.forward"] = Tensor.FromFloats(byChannel, [.. Enumerable.Range(0, count).Select(i => 0.5f + (i / 200f))]);
        file.Tensors["gain.inverse"] = Tensor.FromFloats(byChannel, [.. Enumerable.Range(0, count).Select(i => 1 / (0.5f + (i / 200f)))]);
        file.Tensors["hyper_mean.gain"] = Tensor.FromFloats(byChannel, [.. Enumerable.Range(0, count).Select(i => (i % 7) - 3f)]);
        file.Tensors["hyper_scale.offset"] = Tensor.FromIntegers(TensorType.I16, byChannel, [.. Enumerable.Range(0, count).Select(i => (i % 11) - 5)]);
        AddScaleNetwork(file, random);
        AddTables(file);
        return file;
    }

    public static Model Read(int seed = 1) => ModelReader.Read(Create(seed).ToArray());

    private static void AddScaleNetwork(SafetensorsFile file, Random random)
    {
        NetworkDescription network = Description.HyperScale;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (network.Layers[i] is Convolution c)
            {
                string name = network.LayerName(i);
                file.Tensors[$"{name}.weight"] = Tensor.FromIntegers(TensorType.I8, [c.Outputs, c.Inputs, c.Kernel, c.Kernel], [.. Enumerable.Range(0, c.Outputs * c.Inputs * c.Kernel * c.Kernel).Select(_ => random.Next(-127, 128))]);
                file.Tensors[$"{name}.bias"] = Tensor.FromIntegers(TensorType.I32, [c.Outputs], [.. Enumerable.Range(0, c.Outputs).Select(_ => random.Next(-5000, 5000))]);
                file.Tensors[$"{name}.shift"] = Tensor.FromIntegers(TensorType.U8, [c.Outputs], [.. Enumerable.Range(0, c.Outputs).Select(_ => random.Next(5, 9))]);
            }
        }
    }

    private static void AddTables(SafetensorsFile file)
    {
        List<int> half = [], frequencies = [];
        for (int i = 0; i < Description.Scales; i++)
        {
            half.Add(i + 1);
            frequencies.AddRange(Uniform((2 * (i + 1)) + 2));
        }

        file.Tensors["scale_table.half_width"] = Tensor.FromIntegers(TensorType.U16, [half.Count], [.. half]);
        file.Tensors["scale_table.frequencies"] = Tensor.FromIntegers(TensorType.U16, [frequencies.Count], [.. frequencies]);
        int priors = ModelDescription.Qualities * Description.HyperChannels;
        int[] shape = [ModelDescription.Qualities, Description.HyperChannels];
        int[] prior = [.. Enumerable.Range(0, priors).SelectMany(_ => Uniform(6))];
        file.Tensors["z_prior.first"] = Tensor.FromIntegers(TensorType.I16, shape, [.. Enumerable.Repeat(-2, priors)]);
        file.Tensors["z_prior.count"] = Tensor.FromIntegers(TensorType.U8, shape, [.. Enumerable.Repeat(5, priors)]);
        file.Tensors["z_prior.frequencies"] = Tensor.FromIntegers(TensorType.U16, [prior.Length], prior);
    }

    private static int[] Uniform(int entries)
    {
        int[] result = new int[entries];
        Array.Fill(result, CdfTable.Total / entries);
        result[0] += CdfTable.Total - result.Sum();
        return result;
    }

    private static ModelDescription Describe()
    {
        const int m = 6, hyper = 5;
        LeakyRelu leaky = new(0.1f), relu = new(0);
        return new ModelDescription
        {
            LatentChannels = m,
            HyperChannels = hyper,
            Scales = 20,
            AnalysisLinear = new("analysis.linear", [new Convolution(3, m, 16, 16, 0, false)]) { IsSingle = true },
            Analysis = new("analysis.branch", [new PixelUnshuffle(4), Convolution.Same(48, 7, 3), leaky, Convolution.Same(7, 9, 3, 2), new ResidualBlock(9, 0.1f), Convolution.Same(9, m, 3, 2)]),
            SynthesisLinear = new("synthesis.linear", [new TransposedConvolution(m, 3, 16)]) { IsSingle = true },
            Synthesis = new("synthesis.branch", [Convolution.Same(m, 28, 3), new PixelShuffle(2), leaky, new ResidualBlock(7, 0.1f), Convolution.Same(7, 20, 1), new PixelShuffle(2), Convolution.Same(5, 48, 3), new PixelShuffle(4)]),
            HyperAnalysis = new("hyper_analysis", [Convolution.Same(m, 8, 3), leaky, Convolution.Same(8, 9, 3, 2), leaky, Convolution.Same(9, hyper, 3, 2)]),
            HyperScale = new("hyper_scale", [Convolution.Same(hyper, 12, 1), new PixelShuffle(2), relu, Convolution.Same(3, 20, 3), new PixelShuffle(2), relu, Convolution.Same(5, m, 3)]),
            HyperMean = new("hyper_mean", [Convolution.Same(hyper, 12, 1), new PixelShuffle(2), leaky, Convolution.Same(3, 20, 3), new PixelShuffle(2), leaky, Convolution.Same(5, m, 3)]),
            ContextSpatial = new("context.spatial", [Convolution.Same(m, 10, 5)]) { IsSingle = true },
            ContextFuse = new("context.fuse", [Convolution.Same(10 + m, 17, 1), leaky, Convolution.Same(17, 9, 1), Convolution.Same(9, m, 1)]),
        };
    }
}
