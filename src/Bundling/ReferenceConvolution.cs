using System.Numerics;

namespace VaeCodec.Bundling;

/// <summary>A plain convolution in double precision, which holds every sum of the scale network exactly: for calibration, not for speed.</summary>
internal sealed class ReferenceConvolution
{
    private readonly double[] _weights;
    private readonly double[] _bias;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _kernel;

    /// <summary>Prepares a convolution.</summary>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Side of the kernel; the padding is kernel / 2.</param>
    /// <param name="weight">Gives the weight of an output, an input and a tap.</param>
    /// <param name="bias">One for each output.</param>
    public ReferenceConvolution(int inputs, int outputs, int kernel, Func<int, int, int, double> weight, double[] bias)
    {
        (_inputs, _outputs, _kernel, _bias) = (inputs, outputs, kernel, bias);
        _weights = new double[kernel * kernel * inputs * outputs];
        for (int tap = 0; tap < kernel * kernel; tap++)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    _weights[(((tap * inputs) + input) * outputs) + output] = weight(output, input, tap);
                }
            }
        }
    }

    /// <summary>Runs the convolution over a grid: row, column, channel.</summary>
    public double[] Run(double[] grid, int width, int height)
    {
        double[] result = new double[width * height * _outputs];
        int half = _kernel / 2;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Span<double> target = result.AsSpan(((y * width) + x) * _outputs, _outputs);
                _bias.CopyTo(target);
                for (int tap = 0; tap < _kernel * _kernel; tap++)
                {
                    int row = y + (tap / _kernel) - half, column = x + (tap % _kernel) - half;
                    if ((uint)row < (uint)height && (uint)column < (uint)width)
                    {
                        AddTap(grid.AsSpan(((row * width) + column) * _inputs, _inputs), _weights.AsSpan(tap * _inputs * _outputs), target);
                    }
                }
            }
        }

        return result;
    }

    private static void AddTap(ReadOnlySpan<double> pixel, ReadOnlySpan<double> weights, Span<double> target)
    {
        foreach (double value in pixel)
        {
            if (value != 0)
            {
                Vector<double> factor = new(value);
                int i = 0;
                for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
                {
                    (new Vector<double>(target[i..]) + (factor * new Vector<double>(weights[i..]))).CopyTo(target[i..]);
                }

                for (; i < target.Length; i++)
                {
                    target[i] += value * weights[i];
                }
            }

            weights = weights[target.Length..];
        }
    }
}
