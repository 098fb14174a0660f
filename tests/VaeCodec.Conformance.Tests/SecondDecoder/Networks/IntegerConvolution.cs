using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Chapter 7: a convolution of hyper_scale, with the clamp that is its ReLU where one follows.</summary>
internal sealed class IntegerConvolution
{
    private const int MostShift = 24;
    private const int MostWeight = 127;

    private readonly LayerDescription _layer;
    private readonly int[] _weights;
    private readonly int[] _biases;
    private readonly int[] _shifts;
    private readonly int _least;
    private readonly int _most;

    /// <param name="layer">Its numbers.</param>
    /// <param name="prefix">What the names of its tensors start with.</param>
    /// <param name="tensors">The model's tensors.</param>
    /// <param name="isFirst">Whether its input is z.</param>
    /// <param name="isLast">Whether no ReLU follows.</param>
    public IntegerConvolution(LayerDescription layer, string prefix, ModelTensors tensors, bool isFirst, bool isLast)
    {
        _layer = layer;
        _weights = tensors.Integers(prefix + ".weight", ElementType.I8, -MostWeight, MostWeight, layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel);
        _biases = tensors.Integers(prefix + ".bias", null, int.MinValue, int.MaxValue, layer.Outputs);
        _shifts = tensors.Integers(prefix + ".shift", ElementType.U8, 0, MostShift, layer.Outputs);
        (_least, _most) = isLast ? (-32768, 32767) : (0, 255);
        RequireNoOverflow(isFirst ? 127 : 255);
    }

    public Grid<int> Apply(Grid<int> input)
    {
        Grid<int> output = new(input.Rows, input.Columns, _layer.Outputs);
        for (int row = 0; row < output.Rows; row++)
        {
            for (int column = 0; column < output.Columns; column++)
            {
                for (int channel = 0; channel < output.Channels; channel++)
                {
                    int shift = _shifts[channel];
                    long half = shift == 0 ? 0 : 1L << (shift - 1);
                    output[row, column, channel] = (int)Math.Clamp((Sum(input, row, column, channel) + half) >> shift, _least, _most);
                }
            }
        }

        return output;
    }

    private long Sum(Grid<int> input, int row, int column, int output)
    {
        long sum = _biases[output];
        for (int i = 0; i < _layer.Kernel; i++)
        {
            for (int j = 0; j < _layer.Kernel; j++)
            {
                int inputRow = row + i - _layer.Padding;
                int inputColumn = column + j - _layer.Padding;
                for (int k = 0; k < _layer.Inputs && input.Holds(inputRow, inputColumn); k++)
                {
                    int weight = (((((output * _layer.Inputs) + k) * _layer.Kernel) + i) * _layer.Kernel) + j;
                    sum += (long)_weights[weight] * input[inputRow, inputColumn, k];
                }
            }
        }

        return sum;
    }

    /// <summary>Section 10.5, "Integers".</summary>
    private void RequireNoOverflow(int mostInput)
    {
        int taps = _layer.Inputs * _layer.Kernel * _layer.Kernel;
        for (int output = 0; output < _layer.Outputs; output++)
        {
            long weights = 0;
            for (int tap = 0; tap < taps; tap++)
            {
                weights += Math.Abs(_weights[(output * taps) + tap]);
            }

            long most = Math.Abs((long)_biases[output]) + (1L << _shifts[output]) + (mostInput * weights);
            DecodingException.Require(most <= int.MaxValue, FailureKind.ModelInvalid, "hyper_scale: a sum that may leave 32 bits.");
        }
    }
}
