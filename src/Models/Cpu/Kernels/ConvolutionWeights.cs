namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>The weights of a convolution as they are stored.</summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Weights">Output x input x kernel row x kernel column.</param>
/// <param name="Bias">One for each output channel.</param>
internal sealed record ConvolutionWeights(int Inputs, int Outputs, int Kernel, float[] Weights, float[] Bias)
{
    /// <summary>The same convolution with its outputs in another order.</summary>
    /// <param name="order">For each new output the old one.</param>
    public ConvolutionWeights Reorder(ReadOnlySpan<int> order)
    {
        int size = Inputs * Kernel * Kernel;
        float[] weights = new float[Weights.Length];
        float[] bias = new float[Bias.Length];
        for (int output = 0; output < order.Length; output++)
        {
            Weights.AsSpan(order[output] * size, size).CopyTo(weights.AsSpan(output * size));
            bias[output] = Bias[order[output]];
        }

        return this with { Weights = weights, Bias = bias };
    }
}
