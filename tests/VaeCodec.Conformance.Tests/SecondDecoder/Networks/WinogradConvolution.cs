namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.5: a convolution of kernel 3 and stride 1, four by four outputs at a time.</summary>
internal sealed class WinogradConvolution : INetworkLayer
{
    private const int Side = 4;
    private const int Points = 36;

    private readonly int _inputs;
    private readonly int _outputs;
    private readonly float[] _biases;

    /// <summary>U: output, point, input.</summary>
    private readonly float[] _kernels;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="weights">Weights: output, input, kernel row, kernel column.</param>
    /// <param name="biases">Biases.</param>
    public WinogradConvolution(int inputs, int outputs, float[] weights, float[] biases)
    {
        _inputs = inputs;
        _outputs = outputs;
        _biases = biases;
        _kernels = new float[outputs * Points * inputs];
        for (int output = 0; output < outputs; output++)
        {
            for (int k = 0; k < inputs; k++)
            {
                double[] kernel = [.. weights.Skip(((output * inputs) + k) * 9).Take(9).Select(weight => (double)weight)];
                double[] transformed = WinogradTransforms.Square(kernel, WinogradTransforms.Kernel);
                for (int point = 0; point < Points; point++)
                {
                    _kernels[(((output * Points) + point) * inputs) + k] = (float)transformed[point];
                }
            }
        }
    }

    public Grid<float> Apply(Grid<float> input)
    {
        Grid<float> output = new(input.Rows, input.Columns, _outputs);
        for (int row = 0; row < output.Rows; row += Side)
        {
            for (int column = 0; column < output.Columns; column += Side)
            {
                float[] transformed = TransformInputs(input, row, column);
                for (int channel = 0; channel < _outputs; channel++)
                {
                    Paint(output, row, column, channel, transformed);
                }
            }
        }

        return output;
    }

    /// <summary>V of all input channels: point, input.</summary>
    private float[] TransformInputs(Grid<float> input, int top, int left)
    {
        float[] transformed = new float[Points * _inputs];
        for (int k = 0; k < _inputs; k++)
        {
            float[] square = new float[Points];
            for (int point = 0; point < Points; point++)
            {
                int row = top - 1 + (point / 6);
                int column = left - 1 + (point % 6);
                square[point] = input.Holds(row, column) ? input[row, column, k] : 0;
            }

            float[] v = WinogradTransforms.Square(square, WinogradTransforms.Input);
            for (int point = 0; point < Points; point++)
            {
                transformed[(point * _inputs) + k] = v[point];
            }
        }

        return transformed;
    }

    private void Paint(Grid<float> output, int top, int left, int channel, float[] transformed)
    {
        float[] products = new float[Points];
        for (int point = 0; point < Points; point++)
        {
            int kernel = ((channel * Points) + point) * _inputs;
            float sum = 0;
            for (int k = 0; k < _inputs; k++)
            {
                sum = MathF.FusedMultiplyAdd(_kernels[kernel + k], transformed[(point * _inputs) + k], sum);
            }

            products[point] = sum;
        }

        float[] square = WinogradTransforms.Square(products, WinogradTransforms.Output);
        for (int i = 0; i < Side; i++)
        {
            for (int j = 0; j < Side; j++)
            {
                output[top + i, left + j, channel] = square[(i * Side) + j] + _biases[channel];
            }
        }
    }
}
