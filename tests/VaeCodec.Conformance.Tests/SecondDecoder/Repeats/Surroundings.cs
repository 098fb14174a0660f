using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: the colours around a pixel, and the keys made of them.</summary>
/// <param name="colours">What colours are.</param>
/// <param name="done">The colours of the tile so far.</param>
/// <param name="row">Row of the pixel.</param>
/// <param name="column">Column of the pixel.</param>
internal sealed class Surroundings(Colours colours, TileHistory done, int row, int column)
{
    /// <summary>How many keys there are.</summary>
    public const int Count = 7;

    /// <summary>k_0 to k_6.</summary>
    public uint[] Keys()
    {
        uint large = Hashing.Of(2, Above(-3), Above(-2), Above(-1), Above(0), Above(1), Above(2), Above(3), Above(4));
        large = colours.Hash(large, C(0, -1), C(0, -2), C(0, -3), C(0, -4), C(0, -5));
        uint huge = Hashing.Of(large, 3, Above(-4), Above(5), Above(-5), Above(6), Above(-6), Above(7));
        huge = colours.Hash(
            huge,
            C(0, -6), C(0, -7), C(0, -8),
            C(-4, 0), C(-4, 1), C(-4, 2), C(-4, -1), C(-4, -2));
        uint two = colours.Hash(1, C(0, -1), C(-1, 0));
        uint near = colours.Hash(two, C(-1, -1), C(-1, 1), C(0, -2), C(-2, 0));
        uint middle = colours.Hash(near, C(0, -3), C(-1, -2), C(-1, 2), C(-1, 3), C(-2, -1), C(-2, 1), C(0, -4));
        uint left = colours.Hash(4, C(0, -1), C(0, -2));
        uint above = colours.Hash(5, C(-1, 0), C(-1, 1));
        return [.. new[] { huge, large, middle, near, two, left, above }.Select(Hashing.Final)];
    }

    /// <summary>C: the colour so many rows below and columns to the right, both mostly negative.</summary>
    public ulong C(int down, int right) => (ulong)done.At(row + down, column + right);

    /// <summary>column(c): three colours one above the other.</summary>
    private uint Above(int right) => colours.Hash(0, C(-1, right), C(-2, right), C(-3, right));
}
