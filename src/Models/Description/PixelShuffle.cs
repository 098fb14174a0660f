namespace VaeCodec.Models.Description;

/// <summary>Channel c r r + i r + j of a pixel goes to channel c of sub-pixel (i, j).</summary>
/// <param name="Factor">r.</param>
public sealed record PixelShuffle(int Factor) : Layer;
