using TorchSharp;
using VaeCodec.Imaging;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Objectives;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Tests.Support;

/// <summary>A network of the standard structure that a step takes milliseconds with, initialised on generated pictures by the trainer's own code.</summary>
internal static class TinyModel
{
    public const int Levels = 4;
    public const int LatentChannels = 40;

    private static readonly Lazy<PictureSet> s_pictures = new(() => LoadAsync().GetAwaiter().GetResult());
    private static readonly Lazy<SafetensorsFile> s_initial = new(Initialise);

    public static ModelDescription Description { get; } = Describe();

    /// <summary>One crop size for all steps but the last quarter, whose crops are larger.</summary>
    public static TrainingOptions Options { get; } = new() { Steps = 40, Batch = 4, Crop = 64, LargeBatch = 1, LargeCrop = 128, LearningRate = 2e-3, WarmUp = 5, BFloat16 = false, Seed = 3 };

    /// <summary>Made-up landscapes and textures.</summary>
    public static PictureSet Pictures => s_pictures.Value;

    /// <summary>New weights at each call, as an untrained run has them.</summary>
    public static WeightStore Weights() => WeightsOf(s_initial.Value);

    /// <summary>The same for other options: the gains are those of their lambdas.</summary>
    public static WeightStore Weights(TrainingOptions options) => options.HighestLambda == Options.HighestLambda ? Weights() : ModelInitialiser.Create(Description, Pictures, options, Levels, torch.CPU);

    public static WeightStore WeightsOf(SafetensorsFile file)
    {
        WeightStore store = new(torch.CPU);
        foreach ((string name, Safetensors.Tensor value) in file.Tensors)
        {
            using torch.Tensor tensor = TensorConversion.FromSafetensors(value);
            store.Add(name, tensor);
        }

        return store;
    }

    /// <summary>Trains in a folder for some steps more, and returns the file of averaged weights.</summary>
    public static byte[] Train(string folder, int steps, TrainingOptions? options = null, Action<string>? say = null, PictureSet? pictures = null)
    {
        using Trainer trainer = Trainer(folder, options, say, pictures);
        trainer.Run(new TrainingPart { MaxSteps = steps }, CancellationToken.None);
        return File.ReadAllBytes(trainer.WeightsPath);
    }

    /// <summary>A trainer in a folder.</summary>
    public static Trainer Trainer(string folder, TrainingOptions? options = null, Action<string>? say = null, PictureSet? pictures = null, Func<ITrainingObjective, ITrainingObjective>? objective = null)
    {
        options ??= Options;
        ITrainingObjective compression = new CompressionObjective(Description, Weights(options), options);
        return new Trainer(objective?.Invoke(compression) ?? compression, options, pictures ?? Pictures, Pictures.Take(1), folder, say ?? (_ => { }));
    }

    /// <summary>The pictures one after the other, to calibrate with.</summary>
    public static async IAsyncEnumerable<IRowSource> Calibration()
    {
        foreach (DecodedPicture picture in Pictures.Pictures)
        {
            await Task.CompletedTask;
            yield return new MemoryRowSource(picture.Picture, picture.Pixels);
        }
    }

    private static async Task<PictureSet> LoadAsync()
    {
        using TempFolder folder = new();
        string pictures = Directory.CreateDirectory(folder["generated"]).FullName;
        foreach ((int width, int height) in ((int, int)[])[(320, 208), (256, 300), (400, 250)])
        {
            SamplePicture sample = new(width, height);
            byte[] pixels = new byte[width * height * 3];
            await sample.ReadRowsAsync(pixels, height, CancellationToken.None);
            WritePpm(Path.Combine(pictures, $"landscape-{width}.ppm"), width, height, pixels);
        }

        for (int seed = 1; seed <= 3; seed++)
        {
            WritePpm(Path.Combine(pictures, $"texture-{seed}.ppm"), 224, 192, Texture(224, 192, seed));
        }

        return await PictureSet.LoadAsync(pictures, 128);
    }

    /// <summary>Writes a picture of 8-bit red, green and blue.</summary>
    public static void WritePpm(string path, int width, int height, byte[] pixels)
        => File.WriteAllBytes(path, [.. System.Text.Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. pixels]);

    /// <summary>Shades with waves; one half of it noisy, so that sigma has something to tell apart.</summary>
    private static byte[] Texture(int width, int height, int seed)
    {
        Random random = new(seed);
        double[] phase = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() * 6)];
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i / 3 % width, y = i / 3 / width;
            double value = 120 + (50 * Math.Sin((x / 31.0) + phase[0] + (i % 3))) + (40 * Math.Cos((y / 19.0) + phase[1]));
            value += x < width / 2 ? random.Next(-30, 31) : 0;
            pixels[i] = (byte)Math.Clamp(value, 0, 255);
        }

        return pixels;
    }

    private static SafetensorsFile Initialise()
    {
        using WeightStore store = ModelInitialiser.Create(Description, Pictures, Options, Levels, torch.CPU);
        return store.Save();
    }

    private static ModelDescription Describe()
    {
        const int m = LatentChannels, hyper = 8;
        LeakyRelu leaky = new(0.1f), relu = new(0);
        return new ModelDescription
        {
            LatentChannels = m,
            HyperChannels = hyper,
            Scales = 128,
            AnalysisLinear = new("analysis.linear", [new Convolution(3, m, 16, 16, 0, false)]) { IsSingle = true },
            Analysis = new("analysis.branch", [new Description.PixelUnshuffle(4), Convolution.Same(48, 16, 3, 2), leaky, Convolution.Same(16, m, 3, 2)]),
            SynthesisLinear = new("synthesis.linear", [new TransposedConvolution(m, 3, 16)]) { IsSingle = true },
            Synthesis = new("synthesis.branch", [Convolution.Same(m, 64, 3), new Description.PixelShuffle(2), leaky, Convolution.Same(16, 32, 1), new Description.PixelShuffle(2), new ResidualBlock(8, 0.1f), Convolution.Same(8, 48, 3), new Description.PixelShuffle(4)]),
            HyperAnalysis = new("hyper_analysis", [Convolution.Same(m, 16, 3), leaky, Convolution.Same(16, 12, 3, 2), leaky, Convolution.Same(12, hyper, 3, 2)]),
            HyperScale = new("hyper_scale", [Convolution.Same(hyper, 32, 1), new Description.PixelShuffle(2), relu, Convolution.Same(8, 48, 3), new Description.PixelShuffle(2), relu, Convolution.Same(12, m, 3)]),
            HyperMean = new("hyper_mean", [Convolution.Same(hyper, 32, 1), new Description.PixelShuffle(2), leaky, Convolution.Same(8, 48, 3), new Description.PixelShuffle(2), leaky, Convolution.Same(12, m, 3)]),
            ContextSpatial = new("context.spatial", [Convolution.Same(m, 12, 5)]) { IsSingle = true },
            ContextFuse = new("context.fuse", [Convolution.Same(12 + m, 16, 1), leaky, Convolution.Same(16, m, 1)]),
        };
    }
}
