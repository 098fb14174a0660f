using SixLabors.ImageSharp.Metadata.Profiles.Cicp;

namespace VaeCodec.ImageSharp;

/// <summary>Code points of ITU-T H.273 as ImageSharp's profiles, which are null for a picture that says nothing of them, and as the codec's, which are then sRGB.</summary>
internal static class CicpConversion
{
    /// <summary>The codec's code points for a profile.</summary>
    public static ColourCodePoints ToCodePoints(CicpProfile? profile)
        => profile is null
            ? ColourCodePoints.Srgb
            : new ColourCodePoints((byte)profile.ColorPrimaries, (byte)profile.TransferCharacteristics, (byte)profile.MatrixCoefficients, profile.FullRange);

    /// <summary>The profile for code points; null for sRGB.</summary>
    public static CicpProfile? ToProfile(ColourCodePoints colour)
        => colour == ColourCodePoints.Srgb
            ? null
            : new CicpProfile
            {
                // Set one by one: the constructor that takes numbers makes "unspecified" of those it does not know.
                ColorPrimaries = (CicpColorPrimaries)colour.Primaries,
                TransferCharacteristics = (CicpTransferCharacteristics)colour.Transfer,
                MatrixCoefficients = (CicpMatrixCoefficients)colour.Matrix,
                FullRange = colour.FullRange,
            };
}
