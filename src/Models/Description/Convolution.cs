namespace VaeCodec.Models.Description;

/// <summary>y = bias + weight * x with zero padding. Weight: outputs x inputs x kernel x kernel.</summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Stride">Step of the output grid in input pixels.</param>
/// <param name="Padding">Zero pixels around the input.</param>
/// <param name="HasBias">Whether a bias is stored; without one it is zero.</param>
public sealed record Convolution(int Inputs, int Outputs, int Kernel, int Stride, int Padding, bool HasBias) : Layer
{
    /// <summary>A convolution with bias and the padding that keeps the grid: kernel / 2.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step of the output grid.</param>
    public static Convolution Same(int inputs, int outputs, int kernel, int stride = 1) => new(inputs, outputs, kernel, stride, kernel / 2, true);
}
