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
            Operations[entry] = RansEncoder.Operation(table.Starts[entry], table.Frequency(entry));
        }
    }

    /// <summary>The probabilities.</summary>
    public CdfTable Table { get; }

    /// <summary>The first symbol.</summary>
    public int First { get; }

    /// <summary>For each symbol in the table its <see cref="RansEncoder.Operation"/>.</summary>
    public uint[] Operations { get; }
}
