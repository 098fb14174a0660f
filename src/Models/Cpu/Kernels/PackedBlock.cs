namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>A block of output channels of a packed convolution.</summary>
/// <param name="WeightOffset">Where its weights start.</param>
/// <param name="BiasOffset">Where its biases start.</param>
/// <param name="Vectors">Vectors of output channels.</param>
/// <param name="Row">Row within the sub-pixel group (pixel shuffle), 0 without a shuffle.</param>
/// <param name="Column">Column within the sub-pixel group, 0 without a shuffle.</param>
/// <param name="ChannelOffset">First channel of the block in the output pixel.</param>
internal readonly record struct PackedBlock(long WeightOffset, long BiasOffset, int Vectors, int Row, int Column, int ChannelOffset);
