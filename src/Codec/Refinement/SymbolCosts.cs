using VaeCodec.Models.Bundle;
using VaeCodec.Tiles;

namespace VaeCodec.Refinement;

/// <summary>What symbols cost in bits, by their integer probability tables; for encoders that choose between symbols.</summary>
/// <remarks>Logarithms are taken in integers, so that every machine chooses alike.</remarks>
internal sealed class SymbolCosts
{
    private readonly float[][] _bits;
    private readonly int[] _first;

    /// <summary>Prepares the costs.</summary>
    /// <param name="tables">The probability tables, one for each scale.</param>
    public SymbolCosts(IReadOnlyList<CdfTable> tables)
    {
        _bits = [.. tables.Select(Bits)];
        _first = [.. tables.Select(table => table.First)];
    }

    /// <summary>Bits of a symbol.</summary>
    /// <param name="scale">Index of its scale.</param>
    /// <param name="symbol">The symbol.</param>
    public float this[int scale, int symbol]
    {
        get
        {
            float[] bits = _bits[scale];
            int first = _first[scale], entry = symbol - first;
            if ((uint)entry < (uint)(bits.Length - 1))
            {
                return bits[entry];
            }

            // Behind an escape stand a side and a number of bits, five bits in all, and the distance from the table (spec/vae-format.md, section 4.3).
            int beyond = entry < 0 ? -entry : entry - bits.Length + 2;
            return bits[^1] + 5 + int.Log2(beyond);
        }
    }

    private static float[] Bits(CdfTable table)
    {
        float[] bits = new float[table.SymbolCount + 1];
        for (int entry = 0; entry < bits.Length; entry++)
        {
            bits[entry] = WeighedRounding.Bits(table.Frequency(entry));
        }

        return bits;
    }
}
