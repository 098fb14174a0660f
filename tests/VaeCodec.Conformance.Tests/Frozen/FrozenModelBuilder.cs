using VaeCodec.Bundling;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Imaging;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Conformance.Tests.Frozen;

/// <summary>
/// Where spec/vectors/frozen.vaemodel came from. The file is what counts: it was built once, and tests read it. The
/// linear paths are an orthonormal cosine transform of 16 x 16 pixels, cut to low frequencies; everything else is small
/// and random, so that pictures stay recognisable while every layer moves some bits.
/// </summary>
internal static class FrozenModelBuilder
{
    public const string Name = "frozen";

    private const int Patch = ModelDescription.LatentStride;
    private const int Levels = 4;

    /// <summary>Horizontal and vertical frequency of each channel, and its colour: 0 grey, 1 blue-red, 2 green-magenta.</summary>
    private static readonly (int Across, int Down, int Colour)[] s_channels =
    [
        (0, 0, 0), (1, 0, 0), (0, 1, 0), (2, 0, 0), (1, 1, 0), (0, 2, 0), (3, 0, 0), (2, 1, 0), (1, 2, 0), (0, 3, 0),
        (0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1), (0, 0, 2), (1, 0, 2), (0, 1, 2),
    ];

    /// <summary>Orthonormal colours.</summary>
    private static readonly double[][] s_colours =
    [
        [1 / Math.Sqrt(3), 1 / Math.Sqrt(3), 1 / Math.Sqrt(3)],
        [1 / Math.Sqrt(2), 0, -1 / Math.Sqrt(2)],
        [1 / Math.Sqrt(6), -2 / Math.Sqrt(6), 1 / Math.Sqrt(6)],
    ];

    /// <summary>Builds the model file.</summary>
    public static async Task<(byte[] File, RateReport Report)> BuildAsync()
    {
        Dictionary<string, string> metadata = new()
        {
            ["summary"] = "Frozen model of the conformance vectors: cosine transform and small random networks. Not for pictures.",
        };
        return await ModelBundler.BundleAsync(Weights(), FrozenModelNetworks.Describe(), Name, metadata, CalibrationPictures());
    }

    /// <summary>The committed model with Winograd's convolutions: the same tensors, another description and so another identity.</summary>
    public static byte[] WithWinograd()
    {
        SafetensorsFile file = SafetensorsFile.Parse(FrozenModel.Bytes);
        file.Metadata["name"] = FrozenModel.Winograd;
        file.Metadata["description"] = ModelDescriptionJson.Write(FrozenModelNetworks.Describe() with { Convolutions = ConvolutionMethod.Winograd });
        return file.ToArray();
    }

    /// <summary>The float weights, with the tables of each level.</summary>
    public static SafetensorsFile Weights()
    {
        ModelDescription description = FrozenModelNetworks.Describe();
        SafetensorsFile file = new();
        SeededRandom random = new(0x5641452D30303031);
        foreach (NetworkDescription network in description.Networks)
        {
            foreach ((string name, int[] shape) in network.Tensors())
            {
                file.Tensors[name] = Tensor.FromFloats(shape, Values(name, shape, random));
            }
        }

        AddTables(file, random);
        return file;
    }

    private static float[] Values(string name, int[] shape, SeededRandom random)
    {
        if (name is "analysis.linear.weight" or "synthesis.linear.weight")
        {
            return Cosines();
        }

        float[] values = new float[shape.Aggregate(1, (product, size) => product * size)];
        int fanIn = shape.Length == 4 ? shape[1] * shape[2] * shape[3] : 0;
        float bound = shape.Length == 4 ? Strength(name) * MathF.Sqrt(3f / fanIn) : BiasStrength(name);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = bound * random.Signed();
        }

        return values;
    }

    /// <summary>How strongly a layer passes on its input: about 1 inside a network, less where a branch ends.</summary>
    private static float Strength(string name) => name switch
    {
        "analysis.branch.6.weight" => 0.25f,
        "synthesis.branch.8.weight" => 0.01f,
        "synthesis.branch.0.weight" => 0.5f,
        "hyper_analysis.0.weight" => 1.5f,
        "hyper_analysis.4.weight" => 2.2f,
        "hyper_scale.8.weight" => 0.5f,
        "hyper_mean.8.weight" => 0.4f,
        "context.fuse.2.weight" => 0.15f,
        _ => name.Contains(".b.", StringComparison.Ordinal) ? 0.5f : 1.2f,
    };

    private static float BiasStrength(string name) => name switch
    {
        "synthesis.branch.8.bias" or "synthesis.linear.bias" => 0.004f,
        "hyper_analysis.4.bias" => 0.8f,
        "hyper_scale.8.bias" => 0.3f,
        _ => 0.1f,
    };

    /// <summary>Channel x colour x row x column; the transpose of the transform has the same weights.</summary>
    private static float[] Cosines()
    {
        float[] values = new float[s_channels.Length * 3 * Patch * Patch];
        int next = 0;
        foreach ((int across, int down, int colour) in s_channels)
        {
            foreach (double share in s_colours[colour])
            {
                for (int row = 0; row < Patch; row++)
                {
                    for (int column = 0; column < Patch; column++)
                    {
                        values[next++] = (float)(share * Cosine(across, column) * Cosine(down, row));
                    }
                }
            }
        }

        return values;
    }

    private static double Cosine(int frequency, int position)
        => (frequency == 0 ? Math.Sqrt(1.0 / Patch) : Math.Sqrt(2.0 / Patch)) * Math.Cos(Math.PI * frequency * ((2 * position) + 1) / (2 * Patch));

    private static void AddTables(SafetensorsFile file, SeededRandom random)
    {
        const int m = FrozenModelNetworks.LatentChannels, z = FrozenModelNetworks.HyperChannels;
        float[] gain = new float[Levels * m], inverse = new float[Levels * m], bias = new float[Levels * m], mean = new float[Levels * m];
        float[] priorMean = new float[Levels * z], priorScale = new float[Levels * z];
        for (int level = 0; level < Levels; level++)
        {
            // From 1 step for a unit of y to 40: of 255 grey levels, a step is then 16 and 0.4 of them.
            double log = Math.Log(40) * level / (Levels - 1);
            for (int c = 0; c < m; c++)
            {
                int i = (level * m) + c;
                (int across, int down, int colour) = s_channels[c];
                double spread = (colour == 0 ? 1.6 : 0.4) / (1 + across + down);
                gain[i] = (float)(log - (0.06 * (across + down)) + (0.05 * random.Signed()));
                inverse[i] = -gain[i] + (0.01f * random.Signed());
                bias[i] = (float)Math.Max(gain[i] + Math.Log(spread), -2);
                mean[i] = (float)(0.25 * Math.Exp(gain[i]) * spread * (1 + (0.2 * random.Signed())));
            }

            for (int c = 0; c < z; c++)
            {
                priorMean[(level * z) + c] = 0.7f * random.Signed();
                priorScale[(level * z) + c] = 0.1f + (0.5f * random.Signed());
            }
        }

        file.Tensors["gain.log"] = Tensor.FromFloats([Levels, m], gain);
        file.Tensors["gain.log_inverse"] = Tensor.FromFloats([Levels, m], inverse);
        file.Tensors["hyper_scale.bias"] = Tensor.FromFloats([Levels, m], bias);
        file.Tensors["hyper_mean.gain"] = Tensor.FromFloats([Levels, m], mean);
        file.Tensors["z_prior.mean"] = Tensor.FromFloats([Levels, z], priorMean);
        file.Tensors["z_prior.log_scale"] = Tensor.FromFloats([Levels, z], priorScale);
    }

    private static async IAsyncEnumerable<IRowSource> CalibrationPictures()
    {
        foreach ((int width, int height) in ((int, int)[])[(256, 256), (384, 256), (768, 512), (1200, 900)])
        {
            yield return new SamplePicture(width, height);
        }

        await Task.CompletedTask;
    }
}
