using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Cpu.Kernels.Winograd;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>One step of a compiled network: a convolution, in one of two ways of computing it, or only an activation. Tensors are named by their index.</summary>
internal sealed record StagePlan
{
    /// <summary>The convolution if it is computed directly.</summary>
    public PackedConvolution? Convolution { get; init; }

    /// <summary>The convolution if it is computed tile by tile.</summary>
    public WinogradConvolution? Winograd { get; init; }

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
    public int Kernel => Winograd != null ? 3 : Convolution?.Kernel ?? 1;

    /// <summary>Rows are computed so many at a time.</summary>
    public int RowStep => Winograd != null ? WinogradConvolution.OutputTile : 1;

    /// <summary>Elements of an output pixel, or null where they are the input's.</summary>
    public int? OutputStride => Winograd?.OutputStride ?? Convolution?.OutputStride;
}
