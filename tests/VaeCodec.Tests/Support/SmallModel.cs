using VaeCodec.Bundling;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Tests.Support;

/// <summary>
/// A model of a few kilobytes that really codes: its linear path is a 16x16 cosine transform cut to the lowest
/// frequencies, all else is small and random. Bundled once, by the product's own bundler.
/// </summary>
internal static class SmallModel
{
    public const int Levels = 10;
    private const int Frequencies = 10;

    private static readonly Lazy<(byte[] File, RateReport Report)> s_bundle = new(() => BundleAsync().GetAwaiter().GetResult());
    private static readonly Lazy<VaeModel> s_model = new(() => VaeModel.Load(File));

    public static ModelDescription Description { get; } = Describe(3 * Frequencies, [new PixelUnshuffle(4), Convolution.Same(48, 8, 3, 2), new LeakyRelu(0.1f), Convolution.Same(8, 3 * Frequencies, 3, 2)]);

    public static byte[] File => s_bundle.Value.File;

    public static RateReport Report => s_bundle.Value.Report;

    public static VaeModel Instance => s_model.Value;

    public static VaeEncoderOptions Encoding(int quality = 50, int tileSize = 256) => new() { Model = Instance, Quality = quality, TileSize = tileSize };

    public static VaeDecoderOptions Decoding() => new() { Models = [Instance] };

    /// <summary>The float weights, new ones at each call.</summary>
    public static SafetensorsFile FloatWeights()
    {
        SafetensorsFile file = FloatWeights(Description);
        float[] cosines = Cosines();
        file.Tensors["analysis.linear.weight"] = Tensor.FromFloats([Description.LatentChannels, 3, 16, 16], cosines);
        file.Tensors["synthesis.linear.weight"] = Tensor.FromFloats([Description.LatentChannels, 3, 16, 16], cosines);
        file.Tensors["synthesis.linear.bias"] = Tensor.FromFloats([3], new float[3]);
        return file;
    }

    /// <summary>Random weights of a model with as many levels.</summary>
    public static SafetensorsFile FloatWeights(ModelDescription description)
    {
        Random random = new(11);
        SafetensorsFile file = new();
        foreach ((string name, int[] shape) in description.Networks.SelectMany(network => network.Tensors()))
        {
            int count = shape.Aggregate(1, (product, size) => product * size);
            float scale = name.StartsWith("analysis.branch", StringComparison.Ordinal) || name.StartsWith("synthesis.branch", StringComparison.Ordinal) ? 0.02f : 0.6f / MathF.Sqrt(count / (float)shape[0]);
            file.Tensors[name] = Tensor.FromFloats(shape, [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 2 * scale)]);
        }

        double Gain(int level) => Math.Log(2) + (level * Math.Log(1.7));
        AddTable(file, "gain.log", description.LatentChannels, Gain);
        AddTable(file, "gain.log_inverse", description.LatentChannels, level => -Gain(level));
        AddTable(file, "hyper_scale.bias", description.LatentChannels, level => Gain(level) + Math.Log(0.3));
        AddTable(file, "hyper_mean.gain", description.LatentChannels, _ => 0.05);
        AddTable(file, "z_prior.mean", description.HyperChannels, _ => 0.2);
        AddTable(file, "z_prior.log_scale", description.HyperChannels, _ => 0.8);
        return file;
    }

    public static async IAsyncEnumerable<IRowSource> CalibrationPictures()
    {
        for (int seed = 0; seed < 2; seed++)
        {
            await Task.CompletedTask;
            PictureDescription picture = new(200, 190, PixelLayout.Rgb24);
            yield return new MemoryRowSource(picture, TestPicture.Pixels(picture, seed));
        }
    }

    private static Task<(byte[] File, RateReport Report)> BundleAsync()
        => ModelBundler.BundleAsync(FloatWeights(), Description, "small", new Dictionary<string, string> { ["training"] = "none" }, CalibrationPictures());

    private static void AddTable(SafetensorsFile file, string name, int channels, Func<int, double> value)
        => file.Tensors[name] = Tensor.FromFloats([Levels, channels], [.. Enumerable.Range(0, Levels * channels).Select(i => (float)value(i / channels))]);

    private static float[] Cosines()
    {
        // The lowest frequencies in zigzag order, for each colour.
        (int Row, int Column)[] frequencies = [.. Enumerable.Range(0, 256).Select(i => (i / 16, i % 16)).OrderBy(f => f.Item1 + f.Item2).ThenBy(f => f.Item1).Take(Frequencies)];
        float[] weights = new float[3 * Frequencies * 3 * 256];
        double Basis(int frequency, int position) => Math.Sqrt((frequency == 0 ? 1 : 2) / 16.0) * Math.Cos(Math.PI * frequency * (position + 0.5) / 16);
        for (int colour = 0; colour < 3; colour++)
        {
            for (int f = 0; f < Frequencies; f++)
            {
                for (int tap = 0; tap < 256; tap++)
                {
                    weights[((((colour * Frequencies) + f) * 3) + colour) * 256 + tap] = (float)(Basis(frequencies[f].Row, tap / 16) * Basis(frequencies[f].Column, tap % 16));
                }
            }
        }

        return weights;
    }

    /// <summary>The networks for another number of latents, with another branch of the analysis.</summary>
    public static ModelDescription Describe(int m, IReadOnlyList<Layer> analysis)
    {
        const int hyper = 8;
        LeakyRelu leaky = new(0.1f), relu = new(0);
        return new ModelDescription
        {
            LatentChannels = m,
            HyperChannels = hyper,
            Scales = 128,
            AnalysisLinear = new("analysis.linear", [new Convolution(3, m, 16, 16, 0, false)]) { IsSingle = true },
            Analysis = new("analysis.branch", analysis),
            SynthesisLinear = new("synthesis.linear", [new TransposedConvolution(m, 3, 16)]) { IsSingle = true },
            Synthesis = new("synthesis.branch", [Convolution.Same(m, 32, 3), new PixelShuffle(2), leaky, Convolution.Same(8, 32, 1), new PixelShuffle(2), new ResidualBlock(8, 0.1f), Convolution.Same(8, 48, 3), new PixelShuffle(4)]),
            HyperAnalysis = new("hyper_analysis", [Convolution.Same(m, 16, 3), leaky, Convolution.Same(16, 12, 3, 2), leaky, Convolution.Same(12, hyper, 3, 2)]),
            HyperScale = new("hyper_scale", [Convolution.Same(hyper, 32, 1), new PixelShuffle(2), relu, Convolution.Same(8, 48, 3), new PixelShuffle(2), relu, Convolution.Same(12, m, 3)]),
            HyperMean = new("hyper_mean", [Convolution.Same(hyper, 32, 1), new PixelShuffle(2), leaky, Convolution.Same(8, 48, 3), new PixelShuffle(2), leaky, Convolution.Same(12, m, 3)]),
            ContextSpatial = new("context.spatial", [Convolution.Same(m, 12, 5)]) { IsSingle = true },
            ContextFuse = new("context.fuse", [Convolution.Same(12 + m, 16, 1), leaky, Convolution.Same(16, m, 1)]),
        };
    }
}
