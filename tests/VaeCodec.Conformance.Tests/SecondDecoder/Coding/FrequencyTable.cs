namespace VaeCodec.Conformance.Tests.SecondDecoder.Coding;

/// <summary>Chapter 6: a first symbol, the frequencies of n symbols, and last that of the escape.</summary>
internal sealed class FrequencyTable
{
    public const int Total = 1 << 16;

    private readonly int[] _frequencies;

    public FrequencyTable(int first, int[] frequencies)
    {
        DecodingException.Require(frequencies.Length >= 2, FailureKind.ModelInvalid, "A table without symbols.");
        DecodingException.Require(frequencies.All(frequency => frequency >= 1), FailureKind.ModelInvalid, "A frequency below 1.");
        DecodingException.Require(frequencies.Sum(frequency => (long)frequency) == Total, FailureKind.ModelInvalid, "Frequencies of another sum than 2^16.");
        First = first;
        _frequencies = frequencies;
    }

    /// <summary>The lowest symbol.</summary>
    public int First { get; }

    /// <summary>n, the number of symbols; also the entry of the escape.</summary>
    public int Symbols => _frequencies.Length - 1;

    /// <summary>Section 5.3: the entry whose interval holds a slot.</summary>
    public (int Entry, int Start, int Frequency) Find(int slot)
    {
        int entry = 0;
        int start = 0;
        while (slot >= start + _frequencies[entry])
        {
            start += _frequencies[entry];
            entry++;
        }

        return (entry, start, _frequencies[entry]);
    }
}
