using TorchSharp;
using VaeCodec.Models.Description;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace VaeCodec.Models.TorchSharp.Networks;

/// <summary>
/// The second interpreter of a network description: the same layers and the same weights as the CPU executor, as
/// differentiable TorchSharp operations.
/// </summary>
/// <remarks>
/// TorchSharp has no autocast: master weights stay 32-bit and are cast in each forward pass. The last convolution runs on
/// 32-bit floats always, because eight bits of mantissa would be coarser than the quantisation of large latents. (A GPU may multiply them with ten bits of
/// mantissa: cuDNN does by default where the convolution is no plain product.)
/// </remarks>
public sealed class TorchNetwork
{
    private readonly NetworkDescription _description;
    private readonly WeightStore _weights;
    private readonly int _lastConvolution;

    /// <summary>Prepares a network.</summary>
    /// <param name="description">The layers.</param>
    /// <param name="weights">Holds the network's weights under their names.</param>
    public TorchNetwork(NetworkDescription description, WeightStore weights)
    {
        _description = description;
        _weights = weights;
        for (int i = 0; i < description.Layers.Count; i++)
        {
            _lastConvolution = description.Layers[i] is Convolution or TransposedConvolution ? i : _lastConvolution;
        }
    }

    /// <summary>Runs the network.</summary>
    /// <param name="x">Input, N x C x H x W.</param>
    /// <param name="type">Type to compute in: 32-bit floats or bfloat16.</param>
    /// <param name="tap">Sees the output of every layer by its name; may be null.</param>
    /// <returns>Output, N x C x H x W, 32-bit floats.</returns>
    public Tensor Forward(Tensor x, ScalarType type, Action<string, Tensor>? tap = null)
    {
        x = ChannelsLast(x.to(_lastConvolution == 0 ? ScalarType.Float32 : type));
        for (int i = 0; i < _description.Layers.Count; i++)
        {
            string name = _description.LayerName(i);
            ScalarType layerType = i >= _lastConvolution ? ScalarType.Float32 : type;
            x = _description.Layers[i] switch
            {
                Convolution c when c.Kernel == c.Stride && c.Padding == 0 => FromPatches(x.to(layerType), name, c),
                Convolution c => Convolve(x.to(layerType), name, c.HasBias, c.Stride, c.Padding),
                TransposedConvolution t => ToPatches(x.to(layerType), name, t),
                ResidualBlock r => Residual(x, name, r.Slope),
                Description.PixelShuffle s => Shuffle(x, s.Factor),
                Description.PixelUnshuffle u => Unshuffle(x, u.Factor),
                LeakyRelu l => functional.leaky_relu(x, l.Slope),
                Layer other => throw new NotSupportedException($"Layer {other.GetType().Name} has no TorchSharp counterpart."),
            };
            tap?.Invoke(name, x);
        }

        return x.to(ScalarType.Float32);
    }

    /// <summary>The same values with channels fastest in memory, which the convolutions of libtorch run fastest on. TorchSharp has no call for it.</summary>
    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>The pixel shuffle, one copy whose channels are fastest in memory. On a GPU the library's own gives them slowest, and all convolutions behind it run the slow way.</summary>
    private static Tensor Shuffle(Tensor x, int factor)
    {
        (long count, long channels, long rows, long columns) = (x.shape[0], x.shape[1] / (factor * factor), x.shape[2], x.shape[3]);
        Tensor blocks = x.permute(0, 2, 3, 1).reshape(count, rows, columns, channels, factor, factor).permute(0, 1, 4, 2, 5, 3);
        return blocks.reshape(count, rows * factor, columns * factor, channels).permute(0, 3, 1, 2);
    }

    /// <summary>The inverse of <see cref="Shuffle"/>, one copy as well.</summary>
    private static Tensor Unshuffle(Tensor x, int factor)
    {
        (long count, long channels, long rows, long columns) = (x.shape[0], x.shape[1], x.shape[2] / factor, x.shape[3] / factor);
        Tensor blocks = x.permute(0, 2, 3, 1).reshape(count, rows, factor, columns, factor, channels).permute(0, 1, 3, 5, 2, 4);
        return blocks.reshape(count, rows, columns, channels * factor * factor).permute(0, 3, 1, 2);
    }

    /// <summary>A convolution whose kernels do not overlap is one product of matrices.</summary>
    private Tensor FromPatches(Tensor x, string name, Convolution layer)
    {
        (long count, long rows, long columns, int side) = (x.shape[0], x.shape[2] / layer.Stride, x.shape[3] / layer.Stride, layer.Kernel);
        Tensor patches = x.reshape(count, layer.Inputs, rows, side, columns, side).permute(0, 2, 4, 1, 3, 5).reshape(count, rows, columns, -1);
        Tensor values = patches.matmul(Weight(name, x.dtype).reshape(layer.Outputs, -1).t());
        return (layer.HasBias ? values + Bias(name, x.dtype) : values).permute(0, 3, 1, 2);
    }

    /// <summary>
    /// A transposed convolution whose kernels do not overlap: the same product, the other way round. The library's own, of 16x16x3 patches on a CPU, reached 6 thousand million
    /// multiply-adds a second where its other convolutions reached 70 (docs/experiments.md).
    /// </summary>
    private Tensor ToPatches(Tensor x, string name, TransposedConvolution layer)
    {
        (long count, long rows, long columns, int side) = (x.shape[0], x.shape[2], x.shape[3], layer.Kernel);
        Tensor patches = x.permute(0, 2, 3, 1).matmul(Weight(name, x.dtype).reshape(layer.Inputs, -1));
        return patches.reshape(count, rows, columns, layer.Outputs, side, side).permute(0, 3, 1, 4, 2, 5).reshape(count, layer.Outputs, rows * side, columns * side) + Bias(name, x.dtype).reshape(-1, 1, 1);
    }

    private Tensor Residual(Tensor x, string name, float slope)
    {
        Tensor inner = Convolve(functional.leaky_relu(x, slope), $"{name}.a", true, 1, 1);
        return x + Convolve(functional.leaky_relu(inner, slope), $"{name}.b", true, 1, 1);
    }

    private Tensor Convolve(Tensor x, string name, bool hasBias, int stride, int padding)
        => functional.conv2d(x, Weight(name, x.dtype), hasBias ? Bias(name, x.dtype) : null, strides: [stride, stride], padding: [padding, padding]);

    private Tensor Weight(string name, ScalarType type) => _weights[$"{name}.weight"].to(type);

    private Tensor Bias(string name, ScalarType type) => _weights[$"{name}.bias"].to(type);
}
