using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;

namespace VaeCodec.Bundling;

/// <summary>How often each magnitude of a symbol came up under each scale. Both signs count together: tables are symmetric.</summary>
internal sealed class SymbolCounts
{
    private readonly long[][] _counts;

    /// <summary>Starts with nothing.</summary>
    /// <param name="scales">How many scales there are.</param>
    public SymbolCounts(int scales) => _counts = [.. Enumerable.Range(0, scales).Select(_ => Array.Empty<long>())];

    /// <summary>Counts of the magnitudes 0, 1, 2 and so on under a scale; there may be none.</summary>
    public ReadOnlySpan<long> Of(int scale) => _counts[scale];

    /// <summary>Counts a symbol. Beyond the widest table that a model may hold, magnitudes count as the first that is.</summary>
    public void Add(int scale, int symbol)
    {
        int magnitude = Math.Min(Math.Abs(symbol), ModelLimits.MaxTableSymbol + 1);
        if (magnitude >= _counts[scale].Length)
        {
            Array.Resize(ref _counts[scale], magnitude + 1);
        }

        _counts[scale][magnitude]++;
    }

    /// <summary>Adds the counts of another.</summary>
    public void Add(SymbolCounts other)
    {
        for (int scale = 0; scale < _counts.Length; scale++)
        {
            ReadOnlySpan<long> counts = other.Of(scale);
            if (counts.Length > _counts[scale].Length)
            {
                Array.Resize(ref _counts[scale], counts.Length);
            }

            for (int magnitude = 0; magnitude < counts.Length; magnitude++)
            {
                _counts[scale][magnitude] += counts[magnitude];
            }
        }
    }

    /// <summary>Bits that all of them take with these tables, escapes included.</summary>
    public double Bits(IReadOnlyList<CdfTable> tables)
    {
        double sum = 0;
        for (int scale = 0; scale < _counts.Length; scale++)
        {
            for (int magnitude = 0; magnitude < _counts[scale].Length; magnitude++)
            {
                // The two signs differ by the little that rounding settled with one of them.
                double bits = (Bits(tables[scale], magnitude) + Bits(tables[scale], -magnitude)) / 2;
                sum += _counts[scale][magnitude] * bits;
            }
        }

        return sum;
    }

    private static double Bits(CdfTable table, int symbol)
    {
        int entry = symbol - table.First;
        if ((uint)entry < (uint)table.SymbolCount)
        {
            return CdfTable.Bits - Math.Log2(table.Frequency(entry));
        }

        int distance = entry < 0 ? -entry : entry - table.SymbolCount + 1;
        return CdfTable.Bits - Math.Log2(table.Frequency(table.SymbolCount)) + 5 + Math.Floor(Math.Log2(distance));
    }
}
