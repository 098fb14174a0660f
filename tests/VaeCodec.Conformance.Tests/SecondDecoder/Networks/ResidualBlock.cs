namespace VaeCodec.Conformance.Tests.SecondDecoder.Networks;

/// <summary>Section 8.1: convolution_b(leaky_relu(convolution_a(leaky_relu(in)))) + in.</summary>
/// <param name="a">The first convolution.</param>
/// <param name="b">The second convolution.</param>
/// <param name="activation">The leaky_relu before each.</param>
internal sealed class ResidualBlock(INetworkLayer a, INetworkLayer b, LeakyRelu activation) : INetworkLayer
{
    public Grid<float> Apply(Grid<float> input)
        => GridArithmetic.Add(b.Apply(activation.Apply(a.Apply(activation.Apply(input)))), input);
}
