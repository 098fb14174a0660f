namespace VaeCodec.Models.Description;

/// <summary>x where x is above zero, otherwise x * slope.</summary>
/// <param name="Slope">The slope; 0 is ReLU.</param>
public sealed record LeakyRelu(float Slope) : Layer;
