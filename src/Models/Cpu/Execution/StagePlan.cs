using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>One step of a compiled network. Tensors are named by their index.</summary>
/// <param name="Convolution">The convolution, or null for a stage that only applies the activation.</param>
/// <param name="Stride">Stride of the convolution.</param>
/// <param name="Padding">Zero pixels around its input.</param>
/// <param name="Shuffle">Factor of the pixel shuffle that follows it, 1 for none.</param>
/// <param name="Slope">Slope below zero of the activation, 1 for none.</param>
/// <param name="Input">Tensor read.</param>
/// <param name="Residual">Tensor added last, or -1.</param>
/// <param name="Output">Tensor written.</param>
internal sealed record StagePlan(PackedConvolution? Convolution, int Stride, int Padding, int Shuffle, float Slope, int Input, int Residual, int Output);
