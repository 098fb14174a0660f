using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// A network description turned into stages with packed weights: activations and shuffles are folded into the
/// convolutions before them. Immutable; shared by all executors.
/// </summary>
internal sealed class CompiledNetwork : IDisposable
{
    private readonly List<StagePlan> _stages = [];
    private readonly List<TensorPlan> _tensors = [];

    private CompiledNetwork()
    {
    }

    public IReadOnlyList<StagePlan> Stages => _stages;

    public IReadOnlyList<TensorPlan> Tensors => _tensors;

    /// <summary>Index of the tensor that the last stage writes. Tensor 0 is the input.</summary>
    public int Output { get; private set; }

    /// <summary>Factor of a leading pixel unshuffle, which whoever fills the input carries out; 1 for none.</summary>
    public int InputUnshuffle { get; private set; } = 1;

    /// <summary>
    /// Factor of a trailing pixel shuffle, which whoever reads the output carries out; 1 for none. The channels then
    /// come sub-pixel by sub-pixel (row, column, channel), so that a row of sub-pixels is contiguous.
    /// </summary>
    public int OutputShuffle { get; private set; } = 1;

    /// <summary>Compiles a network.</summary>
    /// <param name="network">Its description.</param>
    /// <param name="weights">Gives the weights of a convolution by name.</param>
    /// <param name="path">Vector width.</param>
    /// <param name="inputChannels">Channels that arrive.</param>
    /// <param name="inputStride">Elements from one input pixel to the next.</param>
    public static CompiledNetwork Compile(NetworkDescription network, Func<string, bool, ConvolutionWeights> weights, CpuPath path, int inputChannels, int inputStride)
    {
        CompiledNetwork compiled = new();
        IReadOnlyList<Layer> layers = network.Layers;
        int first = 0;
        if (layers[0] is PixelUnshuffle unshuffle)
        {
            compiled.InputUnshuffle = unshuffle.Factor;
            inputStride = PackedConvolution.PadChannels(inputChannels * unshuffle.Factor * unshuffle.Factor);
            first = 1;
        }

        int current = compiled.AddTensor(new TensorPlan(inputStride, 1, 1));
        for (int i = first; i < layers.Count; i++)
        {
            string name = network.LayerName(i);
            switch (layers[i])
            {
                case Convolution c:
                    current = compiled.AddConvolution(c, weights(name, c.HasBias), layers, ref i, path, current);
                    break;
                case TransposedConvolution t:
                    // Each input pixel paints its own square: a 1x1 convolution to all sub-pixels at once.
                    compiled.OutputShuffle = t.Kernel;
                    current = compiled.AddStage(PackedConvolution.Dense(weights(name, true), path, compiled._tensors[current].PixelStride), 1, 0, 1, 1, current, -1);
                    break;
                case ResidualBlock r:
                    int activated = compiled.AddStage(null, 1, 0, 1, r.Slope, current, -1);
                    int stride = compiled._tensors[current].PixelStride;
                    int inner = compiled.AddStage(PackedConvolution.Dense(weights($"{name}.a", true), path, stride), 1, 1, 1, r.Slope, activated, -1);
                    current = compiled.AddStage(PackedConvolution.Dense(weights($"{name}.b", true), path, stride), 1, 1, 1, 1, inner, current);
                    break;
                case LeakyRelu l:
                    current = compiled.AddStage(null, 1, 0, 1, l.Slope, current, -1);
                    break;
                default:
                    throw new ModelFileException($"Layer {i} of network \"{network.Name}\" ({layers[i].GetType().Name}) cannot stand where it does.");
            }
        }

        compiled.Output = current;
        return compiled;
    }

    /// <summary>How many rows of a tensor beyond the one at hand the network must see before it gives the output that lies there.</summary>
    /// <param name="tensor">The tensor whose rows count.</param>
    public int LookAhead(int tensor)
    {
        TensorPlan unit = _tensors[tensor];
        double rows = 0;
        foreach (StagePlan stage in _stages)
        {
            TensorPlan input = _tensors[stage.Input];
            rows += (double)stage.Padding * unit.Up * input.Down / ((double)unit.Down * input.Up);
        }

        return (int)Math.Ceiling(rows);
    }

    public void Dispose()
    {
        foreach (StagePlan stage in _stages)
        {
            stage.Convolution?.Dispose();
        }
    }

    /// <summary>Adds a convolution together with the shuffle and the activation that follow it.</summary>
    private int AddConvolution(Convolution c, ConvolutionWeights source, IReadOnlyList<Layer> layers, ref int index, CpuPath path, int input)
    {
        int shuffle = 1;
        float slope = 1;
        if (index + 1 < layers.Count && layers[index + 1] is PixelShuffle s)
        {
            index++;
            if (index + 1 == layers.Count)
            {
                OutputShuffle = s.Factor;
                source = source.Reorder(SubPixelOrder(c.Outputs, s.Factor));
            }
            else
            {
                shuffle = s.Factor;
            }
        }

        if (index + 1 < layers.Count && layers[index + 1] is LeakyRelu l)
        {
            index++;
            slope = l.Slope;
        }

        PackedConvolution packed = PackedConvolution.Dense(source, path, _tensors[input].PixelStride, shuffle);
        return AddStage(packed, c.Stride, c.Padding, shuffle, slope, input, -1);
    }

    private int AddStage(PackedConvolution? convolution, int stride, int padding, int shuffle, float slope, int input, int residual)
    {
        TensorPlan source = _tensors[input];
        TensorPlan output = new(convolution?.OutputStride ?? source.PixelStride, source.Up * shuffle, source.Down * stride);
        int index = AddTensor(output);
        _stages.Add(new StagePlan(convolution, stride, padding, shuffle, slope, input, residual, index));
        return index;
    }

    private int AddTensor(TensorPlan tensor)
    {
        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }

    private static int[] SubPixelOrder(int outputs, int factor)
    {
        int area = factor * factor;
        int channels = outputs / area;
        int[] order = new int[outputs];
        for (int i = 0; i < outputs; i++)
        {
            order[i] = (i % channels * area) + (i / channels);
        }

        return order;
    }
}
