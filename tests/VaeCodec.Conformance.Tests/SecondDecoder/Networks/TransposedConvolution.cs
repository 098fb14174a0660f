namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: a transposed convolution whose kernel is its stride, so that each place paints its own square.</summary>
/// <param name="inputs">Input channels.</param>
/// <param name="outputs">Output channels.</param>
/// <param name="kernel">Side of the square.</param>
/// <param name="weights">Weights: input, output, kernel row, kernel column.</param>
/// <param name="biases">Biases.</param>
internal sealed class TransposedConvolution(int inputs, int outputs, int kernel, float[] weights, float[] biases) : INetworkLayer
{
    public Grid<float> Apply(Grid<float> input)
    {
        Grid<float> output = new(input.Rows * kernel, input.Columns * kernel, outputs);
        for (int row = 0; row < output.Rows; row++)
        {
            for (int column = 0; column < output.Columns; column++)
            {
                for (int channel = 0; channel < outputs; channel++)
                {
                    float sum = biases[channel];
                    int place = input.Position(row / kernel, column / kernel);
                    for (int k = 0; k < inputs; k++)
                    {
                        int weight = (((((k * outputs) + channel) * kernel) + (row % kernel)) * kernel) + (column % kernel);
                        sum = MathF.FusedMultiplyAdd(weights[weight], input.Values[place + k], sum);
                    }

                    output[row, column, channel] = sum;
                }
            }
        }

        return output;
    }
}
