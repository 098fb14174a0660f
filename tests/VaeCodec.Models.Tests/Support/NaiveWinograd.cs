using VaeCodec.Models.Description;

namespace VaeCodec.Models.Tests.Support;

/// <summary>
/// A 3x3 convolution of stride 1 as chapter 8.5 of the specification computes it, tile by tile, with a line of the
/// tile as an array and nothing shared with the product's kernels.
/// </summary>
internal static class NaiveWinograd
{
    public static FloatGrid Convolve(FloatGrid x, Convolution c, float[] weights, float[] bias)
    {
        FloatGrid result = new(x.Width, x.Height, c.Outputs);
        float[][] kernels = [.. Enumerable.Range(0, c.Outputs * c.Inputs).Select(pair => Kernel(weights.AsSpan(pair * 9, 9)))];
        for (int top = 0; top < x.Height; top += 4)
        {
            for (int left = 0; left < x.Width; left += 4)
            {
                float[][] inputs = [.. Enumerable.Range(0, c.Inputs).Select(input => Input(x, top - 1, left - 1, input))];
                for (int output = 0; output < c.Outputs; output++)
                {
                    float[] products = new float[36];
                    for (int point = 0; point < 36; point++)
                    {
                        for (int input = 0; input < c.Inputs; input++)
                        {
                            products[point] = MathF.FusedMultiplyAdd(kernels[(output * c.Inputs) + input][point], inputs[input][point], products[point]);
                        }
                    }

                    float[] tile = Both(products, 6, 4, OutputLine);
                    for (int i = 0; i < 16; i++)
                    {
                        result[top + (i / 4), left + (i % 4), output] = tile[i] + bias[output];
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Transforms the columns of a square, then the rows of what comes out.</summary>
    private static T[] Both<T>(T[] square, int side, int outSide, Func<T[], T[]> line)
    {
        T[] half = new T[outSide * side];
        for (int column = 0; column < side; column++)
        {
            T[] transformed = line([.. Enumerable.Range(0, side).Select(row => square[(row * side) + column])]);
            for (int row = 0; row < outSide; row++)
            {
                half[(row * side) + column] = transformed[row];
            }
        }

        return [.. Enumerable.Range(0, outSide).SelectMany(row => line(half[(row * side)..((row + 1) * side)]))];
    }

    private static float[] Input(FloatGrid x, int top, int left, int channel)
    {
        float[] square = new float[36];
        for (int i = 0; i < 36; i++)
        {
            square[i] = x.Contains(top + (i / 6), left + (i % 6)) ? x[top + (i / 6), left + (i % 6), channel] : 0;
        }

        return Both(square, 6, 6, InputLine);
    }

    private static float[] Kernel(ReadOnlySpan<float> kernel)
    {
        double[] square = [.. kernel.ToArray().Select(weight => (double)weight)];
        return [.. Both(square, 3, 6, KernelLine).Select(value => (float)value)];
    }

    private static float[] InputLine(float[] x)
    {
        static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);
        float even = Fma(-4, x[2], x[4]), odd = Fma(-4, x[1], x[3]);
        float a = x[4] - x[2], b = x[3] - x[1];
        return [Fma(4, x[0], Fma(-5, x[2], x[4])), even + odd, even - odd, Fma(2, b, a), Fma(-2, b, a), Fma(4, x[1], Fma(-5, x[3], x[5]))];
    }

    private static float[] OutputLine(float[] x)
    {
        static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);
        float sum = x[1] + x[2], difference = x[1] - x[2], farSum = x[3] + x[4], farDifference = x[3] - x[4];
        return [(x[0] + sum) + farSum, Fma(2, farDifference, difference), Fma(4, farSum, sum), Fma(8, farDifference, difference) + x[5]];
    }

    private static double[] KernelLine(double[] g)
    {
        double outer = g[0] + g[2], far = (g[0] * (1.0 / 24)) + (g[2] * (1.0 / 6)), middle = g[1] * (1.0 / 12);
        return [g[0] * 0.25, -((outer + g[1]) * (1.0 / 6)), -((outer - g[1]) * (1.0 / 6)), far + middle, far - middle, g[2]];
    }
}
