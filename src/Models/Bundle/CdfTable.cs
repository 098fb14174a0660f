namespace VaeCodec.Models.Bundle;

/// <summary>
/// One integer probability table: the symbols <see cref="First"/>, First + 1, ... and, as the last entry, the escape for
/// everything else. Frequencies are at least 1 and sum to <see cref="Total"/>.
/// </summary>
public sealed class CdfTable
{
    /// <summary>Bits of precision.</summary>
    public const int Bits = 16;

    /// <summary>Sum of the frequencies.</summary>
    public const int Total = 1 << Bits;

    private readonly ushort[] _starts;

    /// <summary>Makes a table.</summary>
    /// <param name="first">The first symbol.</param>
    /// <param name="frequencies">A frequency for each symbol and, last, for the escape. At least two entries.</param>
    /// <exception cref="ModelFileException">A frequency is zero, or they do not sum to <see cref="Total"/>.</exception>
    public CdfTable(int first, ReadOnlySpan<int> frequencies)
    {
        if (frequencies.Length < 2)
        {
            throw new ModelFileException("A probability table needs at least one symbol and the escape.");
        }

        First = first;
        SymbolCount = frequencies.Length - 1;
        _starts = new ushort[frequencies.Length];
        int sum = 0;
        for (int i = 0; i < frequencies.Length; i++)
        {
            if (frequencies[i] < 1 || frequencies[i] > Total - sum)
            {
                throw new ModelFileException("A probability table has a frequency of zero or sums to too much.");
            }

            _starts[i] = (ushort)sum;
            sum += frequencies[i];
        }

        if (sum != Total)
        {
            throw new ModelFileException($"A probability table sums to {sum} instead of {Total}.");
        }
    }

    /// <summary>The first symbol.</summary>
    public int First { get; }

    /// <summary>Symbols in the table, the escape not counted.</summary>
    public int SymbolCount { get; }

    /// <summary>Where each entry starts; the escape is the last.</summary>
    public ReadOnlySpan<ushort> Starts => _starts;

    /// <summary>The frequency of an entry.</summary>
    /// <param name="entry">0 to <see cref="SymbolCount"/>, which is the escape.</param>
    public int Frequency(int entry) => (entry + 1 < _starts.Length ? _starts[entry + 1] : Total) - _starts[entry];
}
