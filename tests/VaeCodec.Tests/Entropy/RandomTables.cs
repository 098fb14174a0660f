using VaeCodec.Models.Bundle;

namespace VaeCodec.Tests.Entropy;

/// <summary>Probability tables of all shapes, and symbols for them.</summary>
internal static class RandomTables
{
    public static CdfTable Create(Random random)
    {
        int entries = random.Next(4) switch { 0 => 2, 1 => random.Next(2, 8), 2 => random.Next(2, 400), _ => random.Next(2, 9000) };
        int[] frequencies = [.. Enumerable.Repeat(1, entries)];
        bool peaked = random.Next(2) == 0;
        for (int left = CdfTable.Total - entries; left > 0;)
        {
            int share = peaked ? Math.Max(1, left / 2) : random.Next(1, Math.Min(left, 1 + (2 * CdfTable.Total / entries)) + 1);
            frequencies[random.Next(entries)] += Math.Min(share, left);
            left -= share;
        }

        return new CdfTable(random.Next(-4000, 100), frequencies);
    }

    /// <summary>A symbol as probable as its table says; an escape is given any symbol outside.</summary>
    public static int Symbol(CdfTable table, Random random)
    {
        int slot = random.Next(CdfTable.Total), entry = 0;
        while (entry < table.SymbolCount && table.Starts[entry] + table.Frequency(entry) <= slot)
        {
            entry++;
        }

        return entry < table.SymbolCount ? table.First + entry : Escaped(table, random);
    }

    public static int Escaped(CdfTable table, Random random)
    {
        while (true)
        {
            int symbol = random.Next(2) == 0 ? random.Next(-32767, 32768) : table.First + (random.Next(2) == 0 ? -1 - random.Next(4) : table.SymbolCount + random.Next(4));
            if (Math.Abs(symbol) <= 32767 && (symbol < table.First || symbol >= table.First + table.SymbolCount))
            {
                return symbol;
            }
        }
    }

    public static double IdealBits(CdfTable table, int symbol)
    {
        int entry = symbol - table.First;
        if ((uint)entry < (uint)table.SymbolCount)
        {
            return 16 - Math.Log2(table.Frequency(entry));
        }

        int distance = entry < 0 ? -entry : entry - table.SymbolCount + 1;
        return 16 - Math.Log2(table.Frequency(table.SymbolCount)) + 5 + Math.Floor(Math.Log2(distance));
    }
}
