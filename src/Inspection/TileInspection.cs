namespace VaeCodec.Inspection;

/// <summary>A tile of a file.</summary>
/// <param name="Column">Column in tiles from the left.</param>
/// <param name="Row">Row in tiles from the top.</param>
/// <param name="Kind">How its colour is coded.</param>
/// <param name="CodedBytes">Its coded bytes, alpha included.</param>
/// <param name="AlphaBytes">Those of alpha beside networks; 0 where there is none.</param>
/// <param name="Symbols">Symbols of its latents; 0 where it has none.</param>
/// <param name="NonZeros">Those that are not zero.</param>
/// <param name="HyperBits">Bits of its hyper-latents z, by their probabilities.</param>
/// <param name="FirstPassBits">Bits of the symbols at even positions.</param>
/// <param name="SecondPassBits">Bits of those at odd positions.</param>
public sealed record TileInspection(int Column, int Row, TileKind Kind, int CodedBytes, int AlphaBytes, long Symbols, long NonZeros, double HyperBits, double FirstPassBits, double SecondPassBits)
{
    /// <summary>Bits of its latents, by their probabilities; the coded bytes are a few more.</summary>
    public double LatentBits => HyperBits + FirstPassBits + SecondPassBits;
}
