using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Cpu.Kernels.Winograd;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>One step of a compiled network: a convolution, in one of two ways of computing it, or only an activation. Tensors are named by their index.</summary>
internal sealed record StagePlan
{
    /// <summary>The convolution if it is computed directly and the network has its weights.</summary>
    public PackedConvolution? Convolution { get; private init; }

    /// <summary>The convolution if it is computed tile by tile and the network has its weights.</summary>
    public WinogradConvolution? Winograd { get; private init; }

    /// <summary>The convolution's weights as they are stored, where the network was compiled to be run backwards, too.</summary>
    public ConvolutionWeights? Source { get; init; }

    /// <summary>Stride of the convolution.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Zero pixels around its input.</summary>
    public int Padding { get; init; }

    /// <summary>Factor of the pixel shuffle that follows it, 1 for none.</summary>
    public int Shuffle { get; init; } = 1;

    /// <summary>Slope below zero of the activation, 1 for none.</summary>
    public float Slope { get; init; } = 1;

    /// <summary>Tensor read.</summary>
    public required int Input { get; init; }

    /// <summary>Tensor added last, or -1.</summary>
    public int Residual { get; init; } = -1;

    /// <summary>Tensor written.</summary>
    public int Output { get; init; }

    /// <summary>Side of the convolution's kernel, 1 for none.</summary>
    public int Kernel { get; private init; } = 1;

    /// <summary>Whether the convolution is computed tile by tile.</summary>
    public bool IsTiled { get; private init; }

    /// <summary>Rows are computed so many at a time.</summary>
    public int RowStep => IsTiled ? WinogradConvolution.OutputTile : 1;

    /// <summary>Elements of an output pixel, or null where they are the input's.</summary>
    public int? OutputStride { get; private init; }

    /// <summary>The step with the shape of a convolution, as yet without its weights.</summary>
    /// <param name="outputs">Its output channels, before a pixel shuffle.</param>
    /// <param name="kernel">Side of its kernel.</param>
    /// <param name="isTiled">Whether it is computed tile by tile.</param>
    public StagePlan Shape(int outputs, int kernel, bool isTiled)
        => this with { Kernel = kernel, IsTiled = isTiled, OutputStride = PackedConvolution.PadChannels(outputs / (Shuffle * Shuffle)) };

    /// <summary>The step with the weights of its convolution, in the order in which they are read.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="path">Vector width to pack for.</param>
    /// <param name="inputStride">Elements from one input pixel to the next.</param>
    public StagePlan Pack(ConvolutionWeights weights, CpuPath path, int inputStride)
        => IsTiled
            ? this with { Winograd = new WinogradConvolution(weights, path, inputStride, Shuffle) }
            : this with { Convolution = PackedConvolution.Dense(weights, path, inputStride, Shuffle) };
}
