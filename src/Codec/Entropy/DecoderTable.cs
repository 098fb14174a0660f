using VaeCodec.Models.Bundle;

namespace VaeCodec.Entropy;

/// <summary>A probability table with a coarse index for the decoder's search: for each value of the upper eight bits of a slot the first entry that can hold it.</summary>
internal sealed class DecoderTable
{
    /// <summary>Bits of a slot that the index resolves.</summary>
    public const int IndexBits = 8;

    private const int IndexShift = CdfTable.Bits - IndexBits;

    private readonly ushort[] _index = new ushort[1 << IndexBits];
    private readonly int[] _ends;

    /// <summary>Makes the index.</summary>
    /// <param name="table">The table.</param>
    public DecoderTable(CdfTable table)
    {
        Table = table;
        _ends = new int[table.SymbolCount + 1];
        for (int entry = 0; entry < _ends.Length; entry++)
        {
            _ends[entry] = table.Starts[entry] + table.Frequency(entry);
        }

        int first = 0;
        for (int i = 0; i < _index.Length; i++)
        {
            while (_ends[first] <= i << IndexShift)
            {
                first++;
            }

            _index[i] = (ushort)first;
        }
    }

    /// <summary>The table.</summary>
    public CdfTable Table { get; }

    /// <summary>The entry whose interval holds a slot.</summary>
    /// <param name="slot">0 to 65535.</param>
    public int Find(int slot)
    {
        int entry = _index[slot >> IndexShift];
        while (_ends[entry] <= slot)
        {
            entry++;
        }

        return entry;
    }
}
