using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Tests.Support;

/// <summary>A network with random weights.</summary>
internal sealed class RandomNetwork
{
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = [];

    public RandomNetwork(NetworkDescription description, Random random)
    {
        Description = description;
        foreach ((string name, int[] shape) in description.Tensors())
        {
            float[] values = new float[shape.Aggregate(1, (product, size) => product * size)];
            float scale = 2f / MathF.Sqrt(values.Length / (float)shape[0]);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = random.Next(20) == 0 ? 0 : (random.NextSingle() - 0.5f) * scale;
            }

            _tensors[name] = (shape, values);
        }
    }

    public NetworkDescription Description { get; }

    public IEnumerable<(string Name, int[] Shape, float[] Values)> All => _tensors.Select(pair => (pair.Key, pair.Value.Shape, pair.Value.Values));

    public float[] Tensor(string name) => _tensors[name].Values;

    public ConvolutionWeights Weights(string name, bool hasBias)
    {
        (int[] shape, float[] values) = _tensors[$"{name}.weight"];
        return new ConvolutionWeights(shape[1], shape[0], shape[2], values, hasBias ? Tensor($"{name}.bias") : new float[shape[0]]);
    }

    /// <summary>A chain of layers of random kinds; its input must be a multiple of <paramref name="multiple"/> pixels wide and high.</summary>
    public static NetworkDescription Chain(Random random, int inputs, out int multiple)
    {
        List<Layer> layers = [];
        int channels = inputs;
        (int up, int down, multiple) = (1, 1, 1);
        int count = random.Next(1, 5);
        while (layers.Count < count)
        {
            int outputs = random.Next(1, 38);
            switch (random.Next(6))
            {
                case 0 when layers.Count == 0:
                    int patch = random.Next(2) == 0 ? 16 : random.Next(2, 5);
                    layers.Add(new Convolution(channels, outputs, patch, patch, 0, random.Next(2) == 0));
                    channels = outputs;
                    down *= patch;
                    break;
                case 1 when down == 1:
                    layers.Add(Convolution.Same(channels, outputs, Kernel(random), 2));
                    channels = outputs;
                    down *= 2;
                    break;
                case 2 when up == 1:
                    layers.Add(Convolution.Same(channels, 4 * Math.Max(1, outputs / 4), random.Next(2) == 0 ? 1 : 3));
                    layers.Add(new PixelShuffle(2));
                    channels = Math.Max(1, outputs / 4);
                    up *= 2;
                    break;
                case 3 when channels < 24:
                    layers.Add(new ResidualBlock(channels, random.Next(3) * 0.15f));
                    break;
                case 4:
                    layers.Add(new LeakyRelu(random.Next(3) switch { 0 => 0, 1 => 0.1f, _ => 1 }));
                    break;
                default:
                    layers.Add(Convolution.Same(channels, outputs, Kernel(random)));
                    channels = outputs;
                    break;
            }
        }

        multiple = down;
        return new NetworkDescription("chain", layers);
    }

    private static int Kernel(Random random) => (2 * random.Next(3)) + 1;
}
