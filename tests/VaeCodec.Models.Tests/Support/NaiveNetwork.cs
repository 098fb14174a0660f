using VaeCodec.Models.Description;

namespace VaeCodec.Models.Tests.Support;

/// <summary>
/// Evaluates a network layer by layer over whole tensors, with loops that follow the normative order: bias, kernel row,
/// kernel column, input channel, one fused multiply-add each; then the activation; the residual last.
/// </summary>
internal static class NaiveNetwork
{
    /// <summary>Evaluates a network.</summary>
    /// <param name="network">Its description.</param>
    /// <param name="tensors">Gives a tensor by name.</param>
    /// <param name="input">The input.</param>
    /// <param name="winogradSide">What the input's sides are multiples of, after a leading unshuffle, if convolutions are computed tile by tile where they can be; 0 if not.</param>
    public static FloatGrid Run(NetworkDescription network, Func<string, float[]> tensors, FloatGrid input, int winogradSide = 0)
    {
        // What the sides of any input of this network, and so of the grid at hand, are multiples of: up / down times winogradSide.
        (int up, int down) = (1, 1);
        FloatGrid Small(FloatGrid grid, Convolution c, float[] weights, float[] bias)
            => c is { Kernel: 3, Stride: 1 } && winogradSide > 0 && winogradSide * up % (4 * down) == 0 ? NaiveWinograd.Convolve(grid, c, weights, bias) : Convolve(grid, c, weights, bias);
        FloatGrid x = input;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            string name = network.LayerName(i);
            x = network.Layers[i] switch
            {
                Convolution c => Small(x, c, tensors($"{name}.weight"), c.HasBias ? tensors($"{name}.bias") : new float[c.Outputs]),
                TransposedConvolution t => Transpose(x, t, tensors($"{name}.weight"), tensors($"{name}.bias")),
                ResidualBlock r => Residual(x, r, tensors, name, Small),
                PixelShuffle s => Shuffle(x, s.Factor),
                PixelUnshuffle u => Unshuffle(x, u.Factor),
                LeakyRelu l => Activate(x, l.Slope),
                _ => throw new InvalidOperationException(network.Layers[i].ToString()),
            };
            up *= network.Layers[i] switch { TransposedConvolution t => t.Kernel, PixelShuffle s => s.Factor, _ => 1 };
            down *= network.Layers[i] switch { Convolution c => c.Stride, PixelUnshuffle u when i > 0 => u.Factor, _ => 1 };
        }

        return x;
    }

    public static FloatGrid Convolve(FloatGrid x, Convolution c, float[] weights, float[] bias)
    {
        FloatGrid result = new(x.Width / c.Stride, x.Height / c.Stride, c.Outputs);
        for (int row = 0; row < result.Height; row++)
        {
            for (int column = 0; column < result.Width; column++)
            {
                for (int output = 0; output < c.Outputs; output++)
                {
                    float sum = bias[output];
                    for (int i = 0; i < c.Kernel; i++)
                    {
                        for (int j = 0; j < c.Kernel; j++)
                        {
                            int sourceRow = (row * c.Stride) + i - c.Padding, sourceColumn = (column * c.Stride) + j - c.Padding;
                            if (!x.Contains(sourceRow, sourceColumn))
                            {
                                continue;
                            }

                            for (int input = 0; input < c.Inputs; input++)
                            {
                                sum = MathF.FusedMultiplyAdd(weights[(((((output * c.Inputs) + input) * c.Kernel) + i) * c.Kernel) + j], x[sourceRow, sourceColumn, input], sum);
                            }
                        }
                    }

                    result[row, column, output] = sum;
                }
            }
        }

        return result;
    }

    public static FloatGrid Activate(FloatGrid x, float slope)
    {
        FloatGrid result = new(x.Width, x.Height, x.Channels);
        for (int i = 0; i < x.Values.Length; i++)
        {
            result.Values[i] = x.Values[i] > 0 ? x.Values[i] : x.Values[i] * slope;
        }

        return result;
    }

    public static FloatGrid Add(FloatGrid left, FloatGrid right)
    {
        FloatGrid result = new(left.Width, left.Height, left.Channels);
        for (int i = 0; i < result.Values.Length; i++)
        {
            result.Values[i] = left.Values[i] + right.Values[i];
        }

        return result;
    }

    public static FloatGrid Shuffle(FloatGrid x, int factor)
    {
        FloatGrid result = new(x.Width * factor, x.Height * factor, x.Channels / (factor * factor));
        for (int row = 0; row < result.Height; row++)
        {
            for (int column = 0; column < result.Width; column++)
            {
                for (int c = 0; c < result.Channels; c++)
                {
                    result[row, column, c] = x[row / factor, column / factor, (c * factor * factor) + (row % factor * factor) + (column % factor)];
                }
            }
        }

        return result;
    }

    public static FloatGrid Unshuffle(FloatGrid x, int factor)
    {
        FloatGrid result = new(x.Width / factor, x.Height / factor, x.Channels * factor * factor);
        for (int row = 0; row < x.Height; row++)
        {
            for (int column = 0; column < x.Width; column++)
            {
                for (int c = 0; c < x.Channels; c++)
                {
                    result[row / factor, column / factor, (c * factor * factor) + (row % factor * factor) + (column % factor)] = x[row, column, c];
                }
            }
        }

        return result;
    }

    private static FloatGrid Residual(FloatGrid x, ResidualBlock r, Func<string, float[]> tensors, string name, Func<FloatGrid, Convolution, float[], float[], FloatGrid> convolve)
    {
        Convolution convolution = Convolution.Same(r.Channels, r.Channels, 3);
        FloatGrid inner = convolve(Activate(x, r.Slope), convolution, tensors($"{name}.a.weight"), tensors($"{name}.a.bias"));
        return Add(convolve(Activate(inner, r.Slope), convolution, tensors($"{name}.b.weight"), tensors($"{name}.b.bias")), x);
    }

    private static FloatGrid Transpose(FloatGrid x, TransposedConvolution t, float[] weights, float[] bias)
    {
        FloatGrid result = new(x.Width * t.Kernel, x.Height * t.Kernel, t.Outputs);
        int area = t.Kernel * t.Kernel;
        for (int row = 0; row < result.Height; row++)
        {
            for (int column = 0; column < result.Width; column++)
            {
                int tap = (row % t.Kernel * t.Kernel) + (column % t.Kernel);
                for (int output = 0; output < t.Outputs; output++)
                {
                    float sum = bias[output];
                    for (int input = 0; input < t.Inputs; input++)
                    {
                        sum = MathF.FusedMultiplyAdd(weights[(((input * t.Outputs) + output) * area) + tap], x[row / t.Kernel, column / t.Kernel, input], sum);
                    }

                    result[row, column, output] = sum;
                }
            }
        }

        return result;
    }
}
