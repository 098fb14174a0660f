using VaeCodec.Models.Bundle;

namespace VaeCodec.Entropy;

/// <summary>A probability table with the encoder's operation for each symbol worked out.</summary>
internal sealed class EncoderTable
{
    /// <summary>Prepares a table.</summary>
    /// <param name="table">The probabilities.</param>
    public EncoderTable(CdfTable table)
    {
        Table = table;
        First = table.First;
        Operations = new uint[table.SymbolCount];
        for (int entry = 0; entry < Operations.Length; entry++)
        {
            Operations[entry] = ((uint)table.Starts[entry] << 16) | (uint)(table.Frequency(entry) - 1);
        }
    }

    /// <summary>The probabilities.</summary>
    public CdfTable Table { get; }

    /// <summary>The first symbol.</summary>
    public int First { get; }

    /// <summary>For each symbol in the table its interval: where it starts in the high half, its frequency less one in the low half.</summary>
    public uint[] Operations { get; }
}
