using System.Runtime.CompilerServices;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Models.Cpu.Kernels.Winograd;

/// <summary>
/// A 3x3 convolution of stride 1 computed tile by tile with Winograd's minimal filtering F(4 x 4, 3 x 3): 36
/// multiplications for 16 outputs where the direct way has 144. Immutable; shared by all threads.
/// </summary>
internal sealed unsafe class WinogradConvolution : IDisposable
{
    /// <summary>Output pixels along a tile's side; the grid's sides are multiples of it.</summary>
    public const int OutputTile = 4;

    /// <summary>Input pixels along a tile's side, one around the output's on every side.</summary>
    public const int InputTile = 6;

    /// <summary>Points at which transformed tiles are multiplied.</summary>
    public const int Points = InputTile * InputTile;

    /// <summary>Tiles are taken in groups of the convolution kernel's register block.</summary>
    private const int TileMultiple = ConvolutionRow.BlockPixels;

    /// <summary>Transformed inputs at a time: half of a second-level cache of 1 MiB, beside the products and the weights that stream by.</summary>
    private const int InputBytes = 1 << 19;

    /// <summary>But so many tiles at least where channels are many: fewer use the weights that stream by too little (6 tiles of 320 channels: 33 GMAC/s, 24: 60).</summary>
    private const int MinTiles = 24;

    /// <summary>Output channels of a block at most, those of the widest vectors.</summary>
    private const int WidestBlock = 64;

    private readonly AlignedBuffer _weights = new();
    private readonly AlignedBuffer _bias = new();
    private readonly AlignedBuffer _zeros = new();
    private readonly CpuKernels _kernels;

    /// <summary>Transforms and packs the weights.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="path">Vector width to pack for.</param>
    /// <param name="inputStride">Elements from one input pixel to the next.</param>
    /// <param name="shuffle">Factor of the pixel shuffle that follows, 1 for none.</param>
    public WinogradConvolution(ConvolutionWeights source, CpuPath path, int inputStride, int shuffle)
    {
        _kernels = CpuKernels.Of(path);
        InputStride = inputStride;
        (Blocks, OutputStride) = PackedBlock.Divide(source.Outputs, shuffle, Points * inputStride, _kernels);
        BlockChannels = Blocks.Max(block => block.Vectors) * _kernels.Count;
        int outputs = OutputStride * shuffle * shuffle;
        long floats = (long)Points * inputStride * outputs;
        _ = source.Inputs == inputStride ? _weights.Reserve(floats) : _weights.Require(floats);
        _bias.Require(outputs);
        _zeros.Require(BlockChannels);
        Parallel.ForEach(Blocks, block => Pack(source, block, shuffle));
        MaxTiles = MostTiles(inputStride);
    }

    /// <summary>Blocks of output channels.</summary>
    public PackedBlock[] Blocks { get; }

    /// <summary>Channels of the largest block.</summary>
    public int BlockChannels { get; }

    /// <summary>Elements from one input pixel to the next.</summary>
    public int InputStride { get; }

    /// <summary>Channels of an output pixel, padded.</summary>
    public int OutputStride { get; }

    /// <summary>Most tiles to take at a time.</summary>
    public int MaxTiles { get; }

    /// <summary>Elements of working memory for so many tiles.</summary>
    public int ScratchFloats(int tiles) => Points * (InputPointStride(tiles) + OutputPointStride(tiles));

    /// <summary>Elements of working memory that a convolution takes at most, whatever the width of vectors: what is decided by memory must be the same on every processor.</summary>
    /// <param name="inputStride">Elements from one input pixel to the next.</param>
    /// <param name="outputStride">Channels of an output pixel, padded.</param>
    public static int MostScratchFloats(int inputStride, int outputStride)
        => Points * ((MostTiles(inputStride) * (inputStride + Math.Min(outputStride, WidestBlock))) + (2 * PackedConvolution.ChannelMultiple));

    /// <summary>How many tiles to take at a time.</summary>
    /// <param name="tiles">Tiles there are.</param>
    /// <param name="parts">How many are worked on at a time.</param>
    public int ChunkTiles(int tiles, int parts)
    {
        // A multiple of the parts, so that the last round leaves no thread idle.
        int chunks = ((tiles + MaxTiles - 1) / MaxTiles + parts - 1) / parts * parts;
        chunks = Math.Max(1, Math.Min(chunks, tiles / TileMultiple));
        int chunk = (tiles + chunks - 1) / chunks;
        return Math.Min((chunk + TileMultiple - 1) / TileMultiple * TileMultiple, tiles);
    }

    /// <summary>Transforms an input tile.</summary>
    /// <param name="rows">The tile's six rows, each from its first pixel.</param>
    /// <param name="scratch">Working memory of <see cref="ScratchFloats"/>.</param>
    /// <param name="tile">Number of the tile.</param>
    /// <param name="tiles">Tiles that are taken together.</param>
    public void TransformInput(float** rows, float* scratch, int tile, int tiles)
        => _kernels.TransformInput(rows, InputStride, scratch + ((nint)tile * InputStride), InputPointStride(tiles));

    /// <summary>Multiplies the transformed tiles with a block's weights, point by point.</summary>
    public void Multiply(float* scratch, int tiles, in PackedBlock block)
    {
        int lanes = block.Vectors * _kernels.Count;
        float* input = scratch;
        float* weights = _weights.Floats + block.WeightOffset;
        ConvolutionRow row = new()
        {
            Runs = &input,
            RunCount = 1,
            RunLength = InputStride,
            PixelStride = InputStride,
            Pixels = tiles,
            Output = Products(scratch, tiles),
            OutputStride = lanes,
            Slope = 1,
        };
        for (int point = 0; point < Points; point++)
        {
            _kernels.Convolve(in row, weights, _zeros.Floats, block.Vectors, 0);
            input += InputPointStride(tiles);
            row.Output += OutputPointStride(tiles);
            weights += (nint)InputStride * lanes;
        }
    }

    /// <summary>Transforms an output tile, and adds bias, activation and residual.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="scratch">Working memory, after <see cref="Multiply"/>.</param>
    /// <param name="tile">Number of the tile.</param>
    /// <param name="tiles">Tiles that were taken together.</param>
    /// <param name="block">The block of output channels.</param>
    public void TransformOutput(in WinogradTile target, float* scratch, int tile, int tiles, in PackedBlock block)
    {
        float* products = Products(scratch, tiles) + ((nint)tile * block.Vectors * _kernels.Count);
        _kernels.TransformOutput(in target, products, OutputPointStride(tiles), _bias.Floats + block.BiasOffset, block.Vectors);
    }

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
        _zeros.Dispose();
    }

    /// <summary>Compiled at once: a start would otherwise spend longer in unoptimised code here than on a picture.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(ConvolutionWeights source, PackedBlock block, int shuffle)
    {
        float* weights = _weights.Floats, bias = _bias.Floats;
        int lanes = block.Vectors * _kernels.Count;
        int used = Math.Min(lanes, (source.Outputs / (shuffle * shuffle)) - block.ChannelOffset);
        int padded = (lanes + WinogradWeights.Lanes - 1) / WinogradWeights.Lanes * WinogradWeights.Lanes;
        float* kernels = stackalloc float[WinogradWeights.Taps * padded];
        float* points = stackalloc float[Points * padded];
        new Span<float>(kernels, WinogradWeights.Taps * padded).Clear();
        fixed (float* values = source.Weights)
        {
            for (int lane = 0; lane < used; lane++)
            {
                bias[block.BiasOffset + lane] = source.Bias[block.Output(lane, shuffle)];
            }

            for (int input = 0; input < source.Inputs; input++)
            {
                for (int lane = 0; lane < used; lane++)
                {
                    float* kernel = values + ((((nint)block.Output(lane, shuffle) * source.Inputs) + input) * WinogradWeights.Taps);
                    for (int tap = 0; tap < WinogradWeights.Taps; tap++)
                    {
                        kernels[(tap * padded) + lane] = kernel[tap];
                    }
                }

                WinogradWeights.Transform(kernels, padded, points, padded);
                float* target = weights + block.WeightOffset + ((nint)input * lanes);
                for (int point = 0; point < Points; point++, target += (nint)InputStride * lanes)
                {
                    new ReadOnlySpan<float>(points + (point * padded), lanes).CopyTo(new Span<float>(target, lanes));
                }
            }
        }
    }

    private static int MostTiles(int inputStride) => Math.Max(MinTiles, InputBytes / (Points * inputStride * sizeof(float)) / TileMultiple * TileMultiple);

    private float* Products(float* scratch, int tiles) => scratch + ((nint)Points * InputPointStride(tiles));

    /// <summary>One line more than the tiles take, so that the points of a tile do not fall into the same few lines of the first-level cache.</summary>
    private int InputPointStride(int tiles) => (tiles * InputStride) + PackedConvolution.ChannelMultiple;

    private int OutputPointStride(int tiles) => (tiles * BlockChannels) + PackedConvolution.ChannelMultiple;
}
