using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Cpu.Kernels.Winograd;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// A network description turned into stages: activations and shuffles are folded into the convolutions before them. With packed weights it can be run; without, it says
/// what running it would take. Immutable; shared by all executors.
/// </summary>
internal sealed class CompiledNetwork : IDisposable
{
    private const int ResidualKernel = 3;

    private readonly List<StagePlan> _stages = [];
    private readonly List<TensorPlan> _tensors = [];

    private readonly Func<string, bool, ConvolutionWeights>? _weights;
    private readonly CpuPath _path;
    private readonly int _sideMultiple;
    private readonly bool _keepsSources;

    private CompiledNetwork(Func<string, bool, ConvolutionWeights>? weights, CpuPath path, int sideMultiple, bool keepsSources)
    {
        _weights = weights;
        _path = path;
        _sideMultiple = sideMultiple;
        _keepsSources = keepsSources;
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

    /// <summary>Bytes of working memory that a thread takes at most, whatever the width of vectors.</summary>
    public long ScratchBytes => _stages
        .Select(stage => stage.IsTiled ? (long)WinogradConvolution.MostScratchFloats(_tensors[stage.Input].PixelStride, _tensors[stage.Output].PixelStride) * sizeof(float) : 0)
        .DefaultIfEmpty()
        .Max();

    /// <summary>Compiles a network.</summary>
    /// <param name="network">Its description.</param>
    /// <param name="weights">Gives the weights of a convolution by name; null for a network that is not run.</param>
    /// <param name="path">Vector width.</param>
    /// <param name="inputChannels">Channels that arrive.</param>
    /// <param name="inputStride">Elements from one input pixel to the next.</param>
    /// <param name="winogradSide">
    /// What the sides of the input grid (after a leading unshuffle) are multiples of, if 3x3 convolutions of stride 1 are to be computed tile by
    /// tile wherever the sides of their grid are then multiples of 4; 0 if all are computed directly.
    /// </param>
    /// <param name="keepsSources">Whether the stages keep their weights as they are stored, for <see cref="AdjointNetwork"/>.</param>
    public static CompiledNetwork Compile(NetworkDescription network, Func<string, bool, ConvolutionWeights>? weights, CpuPath path, int inputChannels, int inputStride, int winogradSide = 0, bool keepsSources = false)
    {
        CompiledNetwork compiled = new(weights, path, winogradSide, keepsSources);
        IReadOnlyList<Layer> layers = network.Layers;
        int first = 0;
        if (layers[0] is PixelUnshuffle unshuffle)
        {
            compiled.InputUnshuffle = unshuffle.Factor;
            inputStride = PackedConvolution.PadChannels(inputChannels * unshuffle.Factor * unshuffle.Factor);
            first = 1;
        }

        int current = compiled.AddTensor(new TensorPlan(inputStride, 1, 1, 1));
        for (int i = first; i < layers.Count; i++)
        {
            string name = network.LayerName(i);
            switch (layers[i])
            {
                case Convolution c:
                    current = compiled.AddConvolution(name, c, layers, ref i, current);
                    break;
                case TransposedConvolution t:
                    // Each input pixel paints its own square: a 1x1 convolution to all sub-pixels at once.
                    compiled.OutputShuffle = t.Kernel;
                    current = compiled.AddConvolution(name, true, t.Outputs * t.Kernel * t.Kernel, 1, new StagePlan { Input = current });
                    break;
                case ResidualBlock r:
                    int activated = compiled.AddStage(new StagePlan { Slope = r.Slope, Input = current });
                    int inner = compiled.AddConvolution($"{name}.a", true, r.Channels, ResidualKernel, new StagePlan { Padding = 1, Slope = r.Slope, Input = activated });
                    current = compiled.AddConvolution($"{name}.b", true, r.Channels, ResidualKernel, new StagePlan { Padding = 1, Input = inner, Residual = current });
                    break;
                case LeakyRelu l:
                    current = compiled.AddStage(new StagePlan { Slope = l.Slope, Input = current });
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

            // A stage that computes several rows at a time may keep all but one of them back.
            rows += (double)(stage.Padding + stage.RowStep - 1) * unit.Up * input.Down / ((double)unit.Down * input.Up);
        }

        return (int)Math.Ceiling(rows);
    }

    /// <summary>Which rows of the input have a part in rows of the output, be it only by rounding: tiles of a convolution that is computed tile by tile mix all that they see. Columns are as rows.</summary>
    /// <param name="first">First row of the output, its trailing shuffle left out.</param>
    /// <param name="end">The row behind the last.</param>
    /// <returns>First row of the input and the one behind the last, which may lie outside it.</returns>
    public (int First, int End) Sees(int first, int end)
    {
        Dictionary<int, (int First, int End)> seen = new() { [Output] = (first, end) };
        foreach (StagePlan stage in Enumerable.Reverse(_stages))
        {
            (first, end) = seen[stage.Output];
            int step = stage.RowStep * stage.Shuffle;
            (first, end) = (FloorDivide(first, step) * stage.RowStep, -FloorDivide(-end, step) * stage.RowStep);
            if (stage.Residual >= 0)
            {
                Join(stage.Residual, first, end);
            }

            Join(stage.Input, (first * stage.Stride) - stage.Padding, ((end - 1) * stage.Stride) + stage.Kernel - stage.Padding);
        }

        return seen[0];

        void Join(int tensor, int from, int to)
            => seen[tensor] = seen.TryGetValue(tensor, out (int First, int End) others) ? (Math.Min(from, others.First), Math.Max(to, others.End)) : (from, to);
    }

    public void Dispose()
    {
        foreach (StagePlan stage in _stages)
        {
            stage.Convolution?.Dispose();
            stage.Winograd?.Dispose();
        }
    }

    /// <summary>Adds a convolution together with the shuffle and the activation that follow it.</summary>
    private int AddConvolution(string name, Convolution c, IReadOnlyList<Layer> layers, ref int index, int input)
    {
        int shuffle = 1, last = 1;
        float slope = 1;
        if (index + 1 < layers.Count && layers[index + 1] is PixelShuffle s)
        {
            index++;
            if (index + 1 == layers.Count)
            {
                OutputShuffle = last = s.Factor;
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

        return AddConvolution(name, c.HasBias, c.Outputs, c.Kernel, new StagePlan { Stride = c.Stride, Padding = c.Padding, Shuffle = shuffle, Slope = slope, Input = input }, last);
    }

    /// <summary>Adds a convolution.</summary>
    /// <param name="name">Of its weights.</param>
    /// <param name="hasBias">Whether they have a bias.</param>
    /// <param name="outputs">Its output channels.</param>
    /// <param name="kernel">Side of its kernel.</param>
    /// <param name="plan">What else is known of the step.</param>
    /// <param name="lastShuffle">Factor of a trailing pixel shuffle, whose sub-pixels the output's channels are sorted by.</param>
    private int AddConvolution(string name, bool hasBias, int outputs, int kernel, StagePlan plan, int lastShuffle = 1)
    {
        TensorPlan input = _tensors[plan.Input];
        plan = plan.Shape(outputs, kernel, kernel == 3 && plan.Stride == 1 && _sideMultiple > 0 && _sideMultiple * input.Up % (WinogradConvolution.OutputTile * input.Down) == 0);
        if (_weights is not null)
        {
            ConvolutionWeights source = _weights(name, hasBias);
            source = lastShuffle == 1 ? source : source.Reorder(SubPixelOrder(outputs, lastShuffle));
            plan = (_keepsSources ? plan with { Source = source } : plan).Pack(source, _path, input.PixelStride);
        }

        return AddStage(plan);
    }

    private int AddStage(StagePlan plan)
    {
        TensorPlan source = _tensors[plan.Input];
        int index = AddTensor(new TensorPlan(plan.OutputStride ?? source.PixelStride, source.Up * plan.Shuffle, source.Down * plan.Stride, plan.RowStep * plan.Shuffle));
        _stages.Add(plan with { Output = index });
        return index;
    }

    private int AddTensor(TensorPlan tensor)
    {
        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }

    private static int FloorDivide(int value, int divisor) => (value >= 0 ? value : value - divisor + 1) / divisor;

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
