using System.Runtime.CompilerServices;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>A convolution with its weights in the order the kernel reads them. Immutable; shared by all threads.</summary>
internal sealed unsafe class PackedConvolution : IDisposable
{
    /// <summary>Channels of every inner tensor are padded to this many, the widest vector, with channels that stay zero.</summary>
    public const int ChannelMultiple = 16;

    private readonly AlignedBuffer _weights = new();
    private readonly AlignedBuffer _bias = new();
    private readonly CpuKernels _kernels;

    /// <summary>Packs a convolution.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="path">Vector width to pack for.</param>
    /// <param name="inputPositions">For each position in an input pixel the input channel that stands there, or -1 for a padding channel.</param>
    /// <param name="runs">The taps (row, column) of each run, in order of accumulation; taps of a run are neighbours in memory.</param>
    /// <param name="shuffle">Factor of the pixel shuffle that follows, 1 for none.</param>
    public PackedConvolution(ConvolutionWeights source, CpuPath path, int[] inputPositions, (int Row, int Column)[][] runs, int shuffle)
    {
        RunCount = runs.Length;
        RunLength = runs[0].Length * inputPositions.Length;
        Kernel = source.Kernel;
        _kernels = CpuKernels.Of(path);

        int reduction = RunCount * RunLength;
        (Blocks, OutputStride) = PackedBlock.Divide(source.Outputs, shuffle, reduction, _kernels);
        float* weights = _weights.Require((long)reduction * OutputStride * shuffle * shuffle);
        float* bias = _bias.Require((long)OutputStride * shuffle * shuffle);
        int groupChannels = source.Outputs / (shuffle * shuffle);
        foreach (PackedBlock block in Blocks)
        {
            int lanes = block.Vectors * _kernels.Count;
            for (int lane = 0; lane < lanes && block.ChannelOffset + lane < groupChannels; lane++)
            {
                int output = block.Output(lane, shuffle);
                bias[block.BiasOffset + lane] = source.Bias[output];
                PackLane(source, output, inputPositions, runs, weights + block.WeightOffset + lane, lanes);
            }
        }
    }

    public int Kernel { get; }

    public int RunCount { get; }

    public int RunLength { get; }

    /// <summary>Channels of an output pixel, padded.</summary>
    public int OutputStride { get; }

    public PackedBlock[] Blocks { get; }

    public static int PadChannels(int channels) => (channels + ChannelMultiple - 1) / ChannelMultiple * ChannelMultiple;

    /// <summary>A dense kernel: one run for each kernel row.</summary>
    public static PackedConvolution Dense(ConvolutionWeights source, CpuPath path, int inputStride, int shuffle = 1)
        => new(source, path, Positions(source.Inputs, inputStride), DenseRuns(source.Kernel), shuffle);

    /// <summary>Positions of consecutive channels in a pixel of so many elements.</summary>
    public static int[] Positions(int channels, int stride)
    {
        int[] positions = new int[stride];
        for (int i = 0; i < stride; i++)
        {
            positions[i] = i < channels ? i : -1;
        }

        return positions;
    }

    /// <summary>Computes one row of one block of output channels.</summary>
    public void Run(in ConvolutionRow row, in PackedBlock block)
        => _kernels.Convolve(in row, _weights.Floats + block.WeightOffset, _bias.Floats + block.BiasOffset, block.Vectors, block.ChannelOffset);

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }

    private static (int Row, int Column)[][] DenseRuns(int kernel)
    {
        (int, int)[][] runs = new (int, int)[kernel][];
        for (int row = 0; row < kernel; row++)
        {
            runs[row] = new (int, int)[kernel];
            for (int column = 0; column < kernel; column++)
            {
                runs[row][column] = (row, column);
            }
        }

        return runs;
    }

    /// <summary>Compiled at once, because every start packs millions of weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackLane(ConvolutionWeights source, int output, int[] positions, (int Row, int Column)[][] runs, float* destination, int lanes)
    {
        int area = source.Kernel * source.Kernel;
        fixed (float* values = source.Weights)
        {
            float* kernels = values + ((nint)output * source.Inputs * area);
            foreach ((int Row, int Column)[] run in runs)
            {
                foreach ((int row, int column) in run)
                {
                    float* tap = kernels + (row * source.Kernel) + column;
                    foreach (int input in positions)
                    {
                        *destination = input < 0 ? 0 : tap[(nint)input * area];
                        destination += lanes;
                    }
                }
            }
        }
    }
}
