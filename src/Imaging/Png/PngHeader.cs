using System.Buffers.Binary;
using VaeCodec.Imaging.Io;

namespace VaeCodec.Imaging.Png;

/// <summary>The IHDR chunk (PNG third edition, 11.2.1).</summary>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColourType ColourType, bool Interlaced)
{
    internal const int Bytes = 13;

    /// <summary>The passes that the pixels are stored in, in order.</summary>
    internal IReadOnlyList<PngPass> Passes => Interlaced ? PngPass.Adam7(Width, Height) : [PngPass.Whole(Width, Height)];

    /// <summary>Whether pixels have an alpha sample of their own.</summary>
    internal bool HasAlpha => ColourType is PngColourType.GreyAlpha or PngColourType.Rgba;

    /// <summary>Distance in bytes to the "left" neighbour that filters use (9.2): at least 1, at most 8.</summary>
    internal int FilterStep => Math.Max(1, BitsPerPixel / 8);

    private int BitsPerPixel => BitDepth * ColourType switch
    {
        PngColourType.Rgb => 3,
        PngColourType.GreyAlpha => 2,
        PngColourType.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bytes of a pass's scanline without its filter byte.</summary>
    internal int ScanlineBytes(PngPass pass) => checked((int)((((long)pass.Width * BitsPerPixel) + 7) / 8));

    /// <summary>Parses and checks an IHDR payload.</summary>
    /// <exception cref="VaeFormatException">A field is invalid.</exception>
    /// <exception cref="VaeLimitException">The size exceeds a limit.</exception>
    internal static PngHeader Parse(ReadOnlySpan<byte> payload, long offset, VaeLimits limits)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(payload);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(payload[4..]);
        byte depth = payload[8];
        byte colour = payload[9];
        if (!IsAllowed(depth, colour))
        {
            throw Invalid(offset, $"bit depth {depth} with colour type {colour} is not a combination that PNG has");
        }

        if (payload[10] != 0 || payload[11] != 0 || payload[12] > 1)
        {
            throw Invalid(
                offset,
                $"compression method {payload[10]}, filter method {payload[11]}, interlace method {payload[12]}; PNG has 0, 0 and 0 or 1");
        }

        if (width > int.MaxValue || height > int.MaxValue)
        {
            throw Invalid(offset, $"a size of {width} x {height}; PNG allows at most {int.MaxValue} for a side");
        }

        SizeCheck.Check("PNG", width, height, limits);
        return new PngHeader((int)width, (int)height, depth, (PngColourType)colour, Interlaced: payload[12] == 1);
    }

    private static bool IsAllowed(byte depth, byte colour) => colour switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };

    private static VaeFormatException Invalid(long offset, string what) =>
        new(VaeError.InvalidField, $"PNG: chunk IHDR at offset {offset} gives {what}. The file is damaged.");
}
