namespace VaeCodec.Models.Description;

/// <summary>x + convolution(leaky(convolution(leaky(x)))), both 3x3. Weights N.a and N.b.</summary>
/// <param name="Channels">Channels in and out.</param>
/// <param name="Slope">Slope below zero of both activations.</param>
public sealed record ResidualBlock(int Channels, float Slope) : Layer;
