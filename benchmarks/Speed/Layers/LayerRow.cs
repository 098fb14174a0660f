namespace VaeCodec.Speed.Layers;

/// <summary>What one stage of a network takes.</summary>
/// <param name="Network">The network.</param>
/// <param name="Stage">What the stage does.</param>
/// <param name="DirectMultiplyAdds">Multiply-adds for a pixel of the picture if every tap is counted.</param>
/// <param name="MultiplyAdds">Multiply-adds for a pixel that are really carried out.</param>
/// <param name="Bytes">Bytes of activations read and written for a pixel, each tensor once.</param>
/// <param name="Nanoseconds">Nanoseconds for a pixel, one thread.</param>
internal sealed record LayerRow(string Network, string Stage, double DirectMultiplyAdds, double MultiplyAdds, double Bytes, double Nanoseconds);
