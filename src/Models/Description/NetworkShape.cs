namespace VaeCodec.Models.Description;

/// <summary>What a network does to the shape of its input.</summary>
/// <param name="Channels">Channels of the output.</param>
/// <param name="Up">The output is so many times as wide and high,</param>
/// <param name="Down">divided by this.</param>
/// <param name="MultiplyAdds">Multiply-adds for one input pixel, counted densely.</param>
public readonly record struct NetworkShape(int Channels, int Up, int Down, double MultiplyAdds);
