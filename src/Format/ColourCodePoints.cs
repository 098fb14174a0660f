namespace VaeCodec;

/// <summary>
/// The colour space as coding-independent code points (ITU-T H.273, the same four values as PNG's cICP chunk).
/// </summary>
/// <param name="Primaries">ColourPrimaries; 1 is BT.709 / sRGB.</param>
/// <param name="Transfer">TransferCharacteristics; 13 is sRGB.</param>
/// <param name="Matrix">MatrixCoefficients; 0 is RGB.</param>
/// <param name="FullRange">Whether samples use the full range 0..255.</param>
public readonly record struct ColourCodePoints(byte Primaries, byte Transfer, byte Matrix, bool FullRange)
{
    /// <summary>sRGB, full range: 1, 13, 0, full. What a picture is taken to be when nothing says otherwise.</summary>
    public static ColourCodePoints Srgb { get; } = new(1, 13, 0, true);
}
