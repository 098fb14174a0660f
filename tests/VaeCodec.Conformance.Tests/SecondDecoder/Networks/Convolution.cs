using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: a convolution, in the order kernel row, kernel column, input channel.</summary>
internal sealed class Convolution : INetworkLayer
{
    private readonly LayerDescription _layer;
    private readonly float[] _biases;

    /// <summary>Weights in the order of their use: output, kernel row, kernel column, input.</summary>
    private readonly float[] _weights;

    /// <param name="layer">Its numbers.</param>
    /// <param name="weights">Its weights as stored: output, input, kernel row, kernel column.</param>
    /// <param name="biases">Its biases.</param>
    public Convolution(LayerDescription layer, float[] weights, float[] biases)
    {
        _layer = layer;
        _biases = biases;
        _weights = new float[weights.Length];
        int taps = layer.Kernel * layer.Kernel;
        for (int output = 0; output < layer.Outputs; output++)
        {
            for (int input = 0; input < layer.Inputs; input++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    _weights[(((output * taps) + tap) * layer.Inputs) + input] = weights[(((output * layer.Inputs) + input) * taps) + tap];
                }
            }
        }
    }

    public Grid<float> Apply(Grid<float> input)
    {
        Grid<float> output = new(input.Rows / _layer.Stride, input.Columns / _layer.Stride, _layer.Outputs);
        for (int row = 0; row < output.Rows; row++)
        {
            for (int column = 0; column < output.Columns; column++)
            {
                for (int channel = 0; channel < output.Channels; channel++)
                {
                    output[row, column, channel] = Sum(input, row, column, channel);
                }
            }
        }

        return output;
    }

    private float Sum(Grid<float> input, int row, int column, int output)
    {
        float sum = _biases[output];
        int weight = output * _layer.Kernel * _layer.Kernel * _layer.Inputs;
        for (int i = 0; i < _layer.Kernel; i++)
        {
            for (int j = 0; j < _layer.Kernel; j++, weight += _layer.Inputs)
            {
                int inputRow = (row * _layer.Stride) + i - _layer.Padding;
                int inputColumn = (column * _layer.Stride) + j - _layer.Padding;
                if (!input.Holds(inputRow, inputColumn))
                {
                    continue; // zeros, whose products may be left out (section 1.3)
                }

                int place = input.Position(inputRow, inputColumn);
                for (int k = 0; k < _layer.Inputs; k++)
                {
                    sum = MathF.FusedMultiplyAdd(_weights[weight + k], input.Values[place + k], sum);
                }
            }
        }

        return sum;
    }
}
