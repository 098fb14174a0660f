using System.Diagnostics;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Pnm;

/// <summary>Reads the header of PBM, PGM and PPM: numbers between white space and comments.</summary>
internal static class PnmHeaderReader
{
    private const string Format = "PNM";

    /// <summary>Reads the header. The cursor stands behind the two bytes of the signature.</summary>
    internal static async ValueTask<PnmHeader> ReadAsync(char kind, InputCursor input, PnmTokenReader tokens, VaeLimits limits, CancellationToken ct)
    {
        (PixelLayout layout, PnmCoding coding) = Kind(kind);
        int next = await input.EnsureAsync(1, ct).ConfigureAwait(false) == 0 ? -1 : input.Buffered.Span[0];
        if (next != -1 && next != '#' && !PnmHeader.IsSpace(next))
        {
            throw new VaeFormatException(
                VaeError.BadSignature,
                $"PNM: the file starts with P{kind}, but white space should follow and the byte is 0x{next:X2}. It is not a PNM file. The formats read are PNG, PNM and JPEG.");
        }

        int width = await tokens.NumberAsync("width", delimited: true, ct).ConfigureAwait(false);
        int height = await tokens.NumberAsync("height", delimited: true, ct).ConfigureAwait(false);
        int maxValue = coding is PnmCoding.Bits or PnmCoding.Digits
            ? 1
            : await tokens.NumberAsync("largest value (maxval)", delimited: true, ct).ConfigureAwait(false);
        SizeCheck.Check(Format, width, height, limits);
        PnmHeader.CheckMaxValue(Format, maxValue);
        return new PnmHeader(Format, width, height, maxValue, layout, coding);
    }

    private static (PixelLayout Layout, PnmCoding Coding) Kind(char kind) => kind switch
    {
        '1' => (PixelLayout.Gray8, PnmCoding.Digits),
        '2' => (PixelLayout.Gray8, PnmCoding.Numbers),
        '3' => (PixelLayout.Rgb24, PnmCoding.Numbers),
        '4' => (PixelLayout.Gray8, PnmCoding.Bits),
        '5' => (PixelLayout.Gray8, PnmCoding.Bytes),
        '6' => (PixelLayout.Rgb24, PnmCoding.Bytes),
        _ => throw new UnreachableException(),
    };
}
