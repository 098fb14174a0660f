namespace VaeCodec.Models.Cpu.Kernels;

/// <summary>The weights of a convolution as they are stored.</summary>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Weights">Output x input x kernel row x kernel column.</param>
/// <param name="Bias">One for each output channel.</param>
internal sealed record ConvolutionWeights(int Inputs, int Outputs, int Kernel, float[] Weights, float[] Bias)
{
    /// <summary>A transposed patch convolution, whose kernel is as large as its stride, as a 1x1 convolution to all its sub-pixels: row, column, channel.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="source">Input x output x kernel row x kernel column.</param>
    /// <param name="sourceBias">One for each output channel.</param>
    public static ConvolutionWeights FromTransposed(int inputs, int outputs, int kernel, float[] source, float[] sourceBias)
    {
        int area = kernel * kernel;
        float[] weights = new float[source.Length];
        float[] bias = new float[outputs * area];
        for (int sub = 0; sub < area; sub++)
        {
            for (int output = 0; output < outputs; output++)
            {
                int row = (sub * outputs) + output;
                bias[row] = sourceBias[output];
                for (int input = 0; input < inputs; input++)
                {
                    weights[(row * inputs) + input] = source[(((input * outputs) + output) * area) + sub];
                }
            }
        }

        return new ConvolutionWeights(inputs, outputs * area, 1, weights, bias);
    }

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
