namespace VaeCodec.Imaging.Pnm;

/// <summary>The header of a picture in one of Netpbm's formats (pbm(5), pgm(5), ppm(5), pam(5)).</summary>
/// <param name="Format">What messages call the format: PNM or PAM.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="MaxValue">The largest sample, 1 to 255.</param>
/// <param name="Layout">What rows hold.</param>
/// <param name="Coding">How samples are stored.</param>
internal sealed record PnmHeader(string Format, int Width, int Height, int MaxValue, PixelLayout Layout, PnmCoding Coding)
{
    /// <summary>The largest sample of the pictures that are read.</summary>
    internal const int LargestMaxValue = 255;

    private const int LargestOfAll = 65535;

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
    /// <exception cref="VaeUnsupportedException">Samples have more than 8 bits.</exception>
    internal static void CheckMaxValue(string format, int maxValue)
    {
        if (maxValue is < 1 or > LargestOfAll)
        {
            throw new VaeFormatException(
                VaeError.InvalidField,
                $"{format}: the header gives a largest value (maxval) of {maxValue}; it must be 1 to {LargestOfAll}. The file is damaged.");
        }

        if (maxValue > LargestMaxValue)
        {
            string extension = format == "PAM" ? "pam" : "ppm";
            throw new VaeUnsupportedException(
                VaeError.UnsupportedFeature,
                $"{format}: the picture has 16 bits a sample (maxval {maxValue}); 8 are read. Reduce it first, for example: pamdepth 255 in.{extension} > out.{extension}");
        }
    }
}
