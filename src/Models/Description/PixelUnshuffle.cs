namespace VaeCodec.Models.Description;

/// <summary>The inverse of <see cref="PixelShuffle"/>.</summary>
/// <param name="Factor">r.</param>
public sealed record PixelUnshuffle(int Factor) : Layer;
