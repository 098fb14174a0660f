namespace VaeCodec.Imaging.Pnm;

/// <summary>The header of a PGM or PPM file (Netpbm, pgm(5) and ppm(5)).</summary>
internal sealed record PnmHeader(int Width, int Height, int MaxValue, PixelLayout Layout, bool Plain)
{
    /// <summary>Whether a file starts as one of Netpbm's formats, read here or refused by name.</summary>
    internal static bool HasSignature(ReadOnlySpan<byte> start) =>
        start.Length >= 2 && start[0] == (byte)'P' && start[1] is >= (byte)'1' and <= (byte)'7';

    /// <summary>White space as Netpbm defines it.</summary>
    internal static bool IsSpace(int b) => b is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';
}
