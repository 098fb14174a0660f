using System.Buffers.Binary;
using VaeCodec.Imaging.Icc;

namespace VaeCodec.Imaging.Png;

/// <summary>
/// The colour space that gAMA and cHRM describe (PNG third edition, 11.3.2.1 and 11.3.2.2). Where it is sRGB, as nearly as such numbers say it, nothing is kept of it: that is what pictures are taken
/// for. Otherwise it becomes a profile. What makes no sense is passed over, as other readers do.
/// </summary>
internal sealed class PngColourSpace
{
    /// <summary>Bytes of a gAMA chunk.</summary>
    public const int GammaBytes = 4;

    /// <summary>Bytes of a cHRM chunk.</summary>
    public const int ChromaticityBytes = 32;

    private const double Unit = 100_000;
    private const double SrgbGamma = 45_455;

    /// <summary>A gamma within a twentieth of that of sRGB, and chromaticities within a hundredth, are its (libpng's bounds).</summary>
    private const double GammaTolerance = 0.05;

    private const double ChromaticityTolerance = 0.01;

    private double? _gamma;
    private double[] _chromaticities = [];

    /// <summary>Takes in gAMA: the power that made samples of light, in units of 1/100000; one between a tenth and ten.</summary>
    public void TakeGamma(ReadOnlySpan<byte> payload)
    {
        if (payload.Length == GammaBytes && BinaryPrimitives.ReadUInt32BigEndian(payload) is >= 10_000 and <= 1_000_000 and uint gamma)
        {
            _gamma = gamma;
        }
    }

    /// <summary>Takes in cHRM: x and y of white, red, green and blue, in the same units; none above two.</summary>
    public void TakeChromaticities(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != ChromaticityBytes)
        {
            return;
        }

        double[] values = new double[8];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadUInt32BigEndian(payload[(4 * i)..]) / Unit;
        }

        _chromaticities = values.Max() <= 2 ? values : [];
    }

    /// <summary>The profile of the colour space; null where it is sRGB or nothing is said of it.</summary>
    /// <param name="isGrey">Whether the samples are grey.</param>
    public byte[]? Profile(bool isGrey)
    {
        bool isSrgbCurve = _gamma is not { } gamma || Math.Abs((gamma / SrgbGamma) - 1) <= GammaTolerance;
        bool isSrgbGamut = isGrey || _chromaticities.Length == 0 || IsSrgb(_chromaticities);
        if (isSrgbCurve && isSrgbGamut)
        {
            return null;
        }

        double? exponent = _gamma is { } power ? Unit / power : null;
        return MatrixProfile.Make(isSrgbGamut ? [] : _chromaticities, exponent, isGrey) ?? (isSrgbCurve ? null : MatrixProfile.Make([], exponent, isGrey));
    }

    private static bool IsSrgb(double[] chromaticities)
    {
        bool isNear = true;
        for (int i = 0; i < chromaticities.Length; i++)
        {
            isNear &= Math.Abs(chromaticities[i] - MatrixProfile.Srgb[i]) <= ChromaticityTolerance;
        }

        return isNear;
    }
}
