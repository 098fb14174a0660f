namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: x where x is above 0, otherwise x times the slope.</summary>
/// <param name="slope">The slope.</param>
internal sealed class LeakyRelu(float slope) : INetworkLayer
{
    public Grid<float> Apply(Grid<float> input)
    {
        Grid<float> output = new(input.Rows, input.Columns, input.Channels);
        for (int i = 0; i < output.Values.Length; i++)
        {
            float x = input.Values[i];
            output.Values[i] = x > 0 ? x : x * slope;
        }

        return output;
    }
}
