namespace VaeCodec.Models.Description;

/// <summary>The transpose of a convolution whose kernel is as large as its stride: each input pixel paints its own square. Weight: inputs x outputs x kernel x kernel.</summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Side of the kernel, and the stride.</param>
public sealed record TransposedConvolution(int Inputs, int Outputs, int Kernel) : Layer;
