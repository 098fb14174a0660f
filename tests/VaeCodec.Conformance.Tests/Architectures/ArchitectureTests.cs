using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Pictures;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Conformance.Tests.Architectures;

/// <summary>
/// A model of any architecture is refused when it is loaded, where the executors do not run it, or works: then every CPU path and
/// number of threads gives the same file and the same pixels.
/// </summary>
public class ArchitectureTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Names => ArchitectureVariants.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task IsRefusedOrWorks(string variant) => Task.Factory.StartNew(() => Check(variant, [(64, 64), (130, 200), (300, 70), (70, 1000)]), TaskCreationOptions.LongRunning).WaitAsync(s_patience);

    /// <summary>A wide picture is worked on few rows at a time, fewer than a large kernel spans.</summary>
    [Theory]
    [InlineData("g_a has large kernels")]
    [InlineData("g_a has large patches")]
    [InlineData("g_s has large kernels")]
    public Task LargeKernelsOnAWidePicture(string variant) => Task.Factory.StartNew(() => Check(variant, [(8300, 140)], CpuPaths.Widest), TaskCreationOptions.LongRunning).WaitAsync(s_patience);

    /// <summary>A tall picture, so that line buffers do not hold it whole.</summary>
    [Theory]
    [InlineData("g_a looks far ahead", 64, 2048)]
    [InlineData("g_s looks far ahead", 64, 2048)]
    [InlineData("g_a looks far ahead", 4200, 900)]
    [InlineData("g_s looks far ahead", 4200, 900)]
    [InlineData("g_a has many residual blocks", 64, 2048)]
    [InlineData("g_s has many residual blocks", 64, 2048)]
    [InlineData("g_a has many residual blocks", 4200, 900)]
    [InlineData("g_s has many residual blocks", 4200, 900)]
    public Task FarLookAheadOnATallPicture(string variant, int width, int height)
        => Task.Factory.StartNew(() => Check(variant, [(width, height)], CpuPaths.Widest), TaskCreationOptions.LongRunning).WaitAsync(3 * s_patience);

    private static void Check(string variant, (int Width, int Height)[] sizes, params CpuPath[] paths)
    {
        foreach (ConvolutionMethod method in Enum.GetValues<ConvolutionMethod>())
        {
            Check(variant, ArchitectureVariants.Apply(variant, FrozenModelNetworks.Describe()) with { Convolutions = method }, sizes, paths);
        }
    }

    private static void Check(string variant, ModelDescription description, (int Width, int Height)[] sizes, CpuPath[] paths)
    {
        byte[] file = Build(description);
        VaeModel[] models;
        try
        {
            models = [.. (paths.Length > 0 ? paths : FrozenModel.SupportedPaths).Select(path => VaeModel.Load(file, path))];
        }
        catch (VaeModelException exception)
        {
            Assert.Equal(VaeError.ModelInvalid, exception.Error);
            Assert.True(ArchitectureVariants.IsRefused(variant), $"This can be run and was refused: {exception.Message}");
            return;
        }

        Assert.False(ArchitectureVariants.IsRefused(variant), "This was to be refused, and a model was made of it.");
        foreach ((int width, int height) in sizes)
        {
            PictureDescription picture = new(width, height, PixelLayout.Rgb24);
            byte[] pixels = TestPicture.Create("scene", width, height, PixelLayout.Rgb24);
            byte[]? stream = null, decoded = null;
            foreach (VaeModel model in models)
            {
                for (int threads = 1; threads <= 2; threads++)
                {
                    byte[] encoded = VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Model = model, TileSize = 256, Threads = threads });
                    Assert.Equal(stream ??= encoded, encoded);
                    byte[] result = VaeDecoder.Decode(encoded, new VaeDecoderOptions { Models = [model], Threads = threads }).Pixels;
                    Assert.Equal(decoded ??= result, result);
                }
            }
        }
    }

    /// <summary>The frozen model's tables with other networks and random weights.</summary>
    private static byte[] Build(ModelDescription description)
    {
        SafetensorsFile file = SafetensorsFile.Parse(FrozenModel.Bytes);
        file.Metadata["description"] = ModelDescriptionJson.Write(description);
        SeededRandom random = new(3);
        foreach (string name in file.Tensors.Keys.Where(name => description.Networks.Any(network => name.StartsWith(network.Name + ".", StringComparison.Ordinal)) && !IsKept(name, file, description)).ToList())
        {
            file.Tensors.Remove(name);
        }

        foreach ((string name, int[] shape) in description.FloatNetworks.SelectMany(network => network.Tensors()))
        {
            if (file.Tensors.ContainsKey(name))
            {
                continue;
            }

            float bound = 0.5f / MathF.Sqrt(shape.Length == 4 ? shape[1] * shape[2] * shape[3] : 10);
            float[] values = [.. Enumerable.Range(0, shape.Aggregate((product, size) => product * size)).Select(_ => bound * random.Signed())];
            file.Tensors[name] = Tensor.FromFloatsAsHalf(shape, values);
        }

        AddScaleNetwork(file, description.HyperScale, random);
        return file.ToArray();
    }

    /// <summary>Whether a tensor is one of the new networks' too, a table, or belongs to the unchanged scale network.</summary>
    private static bool IsKept(string name, SafetensorsFile file, ModelDescription description)
    {
        (string Name, int[] Shape) wanted = description.FloatNetworks.SelectMany(network => network.Tensors()).FirstOrDefault(tensor => tensor.Name == name);
        return wanted.Name is null
            ? name.StartsWith("hyper_scale.", StringComparison.Ordinal) || name == "hyper_mean.gain"
            : file.Tensors[name].Shape.SequenceEqual(wanted.Shape);
    }

    private static void AddScaleNetwork(SafetensorsFile file, NetworkDescription network, SeededRandom random)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            string name = network.LayerName(i);
            if (network.Layers[i] is not Convolution c || (file.Tensors.TryGetValue($"{name}.weight", out Tensor? tensor) && tensor.Shape.SequenceEqual([c.Outputs, c.Inputs, c.Kernel, c.Kernel])))
            {
                continue;
            }

            int[] weights = [.. Enumerable.Range(0, c.Outputs * c.Inputs * c.Kernel * c.Kernel).Select(_ => random.Below(255) - 127)];
            file.Tensors[$"{name}.weight"] = Tensor.FromIntegers(TensorType.I8, [c.Outputs, c.Inputs, c.Kernel, c.Kernel], weights);
            file.Tensors[$"{name}.bias"] = Tensor.FromIntegers(TensorType.I32, [c.Outputs], [.. Enumerable.Range(0, c.Outputs).Select(_ => random.Below(2000) - 1000)]);
            file.Tensors[$"{name}.shift"] = Tensor.FromIntegers(TensorType.U8, [c.Outputs], [.. Enumerable.Range(0, c.Outputs).Select(_ => 7 + random.Below(4))]);
        }
    }
}
