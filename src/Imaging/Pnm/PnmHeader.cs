using System.Numerics;

namespace VaeCodec.Imaging.Pnm;

/// <summary>The header of a picture in one of Netpbm's formats (pbm(5), pgm(5), ppm(5), pam(5)).</summary>
/// <param name="Format">What messages call the format: PNM or PAM.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="MaxValue">The largest sample, 1 to 65535.</param>
/// <param name="NarrowLayout">The layout of rows were their samples of 8 bits.</param>
/// <param name="Coding">How samples are stored.</param>
internal sealed record PnmHeader(string Format, int Width, int Height, int MaxValue, PixelLayout NarrowLayout, PnmCoding Coding)
{
    /// <summary>The largest sample that is stored in one byte.</summary>
    internal const int LargestOfByte = 255;

    private const int LargestOfAll = 65535;

    /// <summary>Whether a sample takes two bytes, the most significant one first.</summary>
    internal bool IsWide => MaxValue > LargestOfByte;

    /// <summary>What rows hold.</summary>
    internal PixelLayout Layout => NarrowLayout.WithSamples(IsWide);

    /// <summary>Bits of a sample in memory: those that the largest fills where it fills them all, else 8 or 16, to which samples are scaled.</summary>
    internal int BitDepth => !IsWide ? 8 : BitOperations.IsPow2(MaxValue + 1) ? BitOperations.Log2((uint)MaxValue) + 1 : 16;

    /// <summary>Whether plain text is stored, in which comments may stand.</summary>
    internal bool IsText => Coding is PnmCoding.Numbers or PnmCoding.Digits;

    /// <summary>Whether 1 is black and 0 is white; in all but PBM the larger sample is the lighter one.</summary>
    internal bool IsBlackOne => Coding is PnmCoding.Bits or PnmCoding.Digits;

    /// <summary>Whether a file starts as one of Netpbm's formats, read here or refused by name.</summary>
    internal static bool HasSignature(ReadOnlySpan<byte> start) =>
        start.Length >= 2 && start[0] == (byte)'P' && start[1] is >= (byte)'1' and <= (byte)'7';

    /// <summary>White space as Netpbm defines it.</summary>
    internal static bool IsSpace(int b) => b is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';

    /// <exception cref="VaeFormatException">Netpbm has no such maxval.</exception>
    internal static void CheckMaxValue(string format, int maxValue)
    {
        if (maxValue is < 1 or > LargestOfAll)
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"{format}: the header gives a largest value (maxval) of {maxValue}; it must be 1 to {LargestOfAll}. The file is damaged.");
        }
    }
}
