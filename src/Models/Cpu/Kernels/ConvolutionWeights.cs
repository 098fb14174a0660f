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

    /// <summary>The means of squares of kernels.</summary>
    /// <param name="kernels">Kernels, each row by row.</param>
    /// <param name="kernel">Side of a kernel.</param>
    /// <param name="scale">Side of a square; divides that of a kernel.</param>
    /// <returns>As many kernels, as much smaller.</returns>
    public static float[] Means(ReadOnlySpan<float> kernels, int kernel, int scale)
    {
        // The rows of all kernels are one run, of which a row of squares takes as many as it is high.
        int side = kernel / scale, rows = kernels.Length / kernel;
        float[] means = new float[rows / scale * side];
        for (int i = 0; i < means.Length; i++)
        {
            double sum = 0;
            for (int y = 0; y < scale; y++)
            {
                foreach (float weight in kernels.Slice((((i / side * scale) + y) * kernel) + (i % side * scale), scale))
                {
                    sum += weight;
                }
            }

            means[i] = (float)(sum / (scale * scale));
        }

        return means;
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

    /// <summary>The same convolution with further inputs that do not count.</summary>
    /// <param name="before">Inputs before them.</param>
    /// <param name="count">How many.</param>
    public ConvolutionWeights InsertInputs(int before, int count)
    {
        int area = Kernel * Kernel, inputs = Inputs + count;
        float[] weights = new float[checked(Outputs * inputs * area)];
        for (int output = 0; output < Outputs; output++)
        {
            ReadOnlySpan<float> source = Weights.AsSpan(output * Inputs * area, Inputs * area);
            Span<float> target = weights.AsSpan(output * inputs * area);
            source[..(before * area)].CopyTo(target);
            source[(before * area)..].CopyTo(target[((before + count) * area)..]);
        }

        return this with { Inputs = inputs, Weights = weights };
    }

    /// <summary>
    /// The adjoint of a convolution of stride 1 and of the pixel shuffle behind it: what carries gradients at its output back to its input, itself a
    /// convolution with the kernel turned round and inputs and outputs exchanged.
    /// </summary>
    /// <param name="shuffle">Factor of the pixel shuffle that follows the convolution, 1 for none.</param>
    /// <param name="channelStride">Elements of a pixel behind the shuffle; the adjoint's inputs are these, sub-pixel by sub-pixel (row, column).</param>
    public ConvolutionWeights Adjoint(int shuffle, int channelStride)
    {
        int subPixels = shuffle * shuffle, area = Kernel * Kernel, inputs = subPixels * channelStride;
        float[] weights = new float[checked(Inputs * inputs * area)];
        for (int output = 0; output < Outputs; output++)
        {
            int position = (output % subPixels * channelStride) + (output / subPixels);
            for (int input = 0; input < Inputs; input++)
            {
                ReadOnlySpan<float> source = Weights.AsSpan(((output * Inputs) + input) * area, area);
                Span<float> target = weights.AsSpan(((input * inputs) + position) * area, area);
                source.CopyTo(target);
                target.Reverse();
            }
        }

        return new ConvolutionWeights(inputs, Inputs, Kernel, weights, new float[Inputs]);
    }
}
