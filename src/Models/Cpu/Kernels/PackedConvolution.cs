using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Simd;
using System.Runtime.Intrinsics;

namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>A convolution with its weights in the order the kernel reads them. Immutable; shared by all threads.</summary>
internal sealed unsafe class PackedConvolution : IDisposable
{
    /// <summary>Channels of every inner tensor are padded to this many, the widest vector, with channels that stay zero.</summary>
    public const int ChannelMultiple = 16;

    private readonly AlignedBuffer _weights = new();
    private readonly AlignedBuffer _bias = new();
    private readonly delegate*<in ConvolutionRow, float*, float*, int, nint, void> _run;

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
        int groupChannels = source.Outputs / (shuffle * shuffle);
        OutputStride = PadChannels(groupChannels);
        (int count, int blockVectors) = Geometry(path);
        _run = Select(path);

        int reduction = RunCount * RunLength;
        float* weights = _weights.Require((long)reduction * OutputStride * shuffle * shuffle);
        float* bias = _bias.Require((long)OutputStride * shuffle * shuffle);
        List<PackedBlock> blocks = [];
        long weightOffset = 0, biasOffset = 0;
        for (int group = 0; group < shuffle * shuffle; group++)
        {
            for (int channel = 0; channel < OutputStride;)
            {
                int vectors = Math.Min(blockVectors, (OutputStride - channel) / count);
                int lanes = vectors * count;
                blocks.Add(new PackedBlock(weightOffset, biasOffset, vectors, group / shuffle, group % shuffle, channel));
                for (int lane = 0; lane < lanes && channel + lane < groupChannels; lane++)
                {
                    int output = ((channel + lane) * shuffle * shuffle) + group;
                    bias[biasOffset + lane] = source.Bias[output];
                    PackLane(source, output, inputPositions, runs, weights + weightOffset + lane, lanes);
                }

                weightOffset += (long)reduction * lanes;
                biasOffset += lanes;
                channel += lanes;
            }
        }

        Blocks = [.. blocks];
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
        => _run(in row, _weights.Floats + block.WeightOffset, _bias.Floats + block.BiasOffset, block.Vectors, block.ChannelOffset);

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

    private static void PackLane(ConvolutionWeights source, int output, int[] positions, (int Row, int Column)[][] runs, float* destination, int lanes)
    {
        int area = source.Kernel * source.Kernel;
        foreach ((int Row, int Column)[] run in runs)
        {
            foreach ((int row, int column) in run)
            {
                foreach (int input in positions)
                {
                    *destination = input < 0 ? 0 : source.Weights[(((output * source.Inputs) + input) * area) + (row * source.Kernel) + column];
                    destination += lanes;
                }
            }
        }
    }

    private static (int Count, int BlockVectors) Geometry(CpuPath path) => path switch
    {
        CpuPath.Vector512 => (Simd512.Count, Simd512.BlockVectors),
        CpuPath.Vector256 => (Simd256.Count, Simd256.BlockVectors),
        CpuPath.Vector128 => (Simd128.Count, Simd128.BlockVectors),
        _ => (ScalarSimd.Count, ScalarSimd.BlockVectors),
    };

    private static delegate*<in ConvolutionRow, float*, float*, int, nint, void> Select(CpuPath path) => path switch
    {
        CpuPath.Vector512 => &ConvolutionKernel<Simd512, Vector512<float>, Vector512<int>>.Run,
        CpuPath.Vector256 => &ConvolutionKernel<Simd256, Vector256<float>, Vector256<int>>.Run,
        CpuPath.Vector128 => &ConvolutionKernel<Simd128, Vector128<float>, Vector128<int>>.Run,
        _ => &ConvolutionKernel<ScalarSimd, float, int>.Run,
    };
}
