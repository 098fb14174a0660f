namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.7: the probabilities of a context, for each of its values and each node.</summary>
internal sealed class AdaptiveProbabilities
{
    private const int Half = 1 << 21;
    private const long One = (1 << 22) - 1;
    private const int MostAsked = 255;

    private readonly int[] _values;
    private readonly int[] _asked;

    public AdaptiveProbabilities(int count)
    {
        _asked = new int[count];
        _values = new int[count];
        Array.Fill(_values, Half);
    }

    /// <summary>s, of 22 bits.</summary>
    public int Value(int slot) => _values[slot];

    /// <summary>n, how often it has been asked.</summary>
    public int Asked(int slot) => _asked[slot];

    public void Learn(int slot, int decision)
    {
        long difference = (decision * One) - _values[slot];
        int rate = 131072 / ((2 * _asked[slot]) + 3);
        _values[slot] += (int)((difference * rate) >> 16);
        _asked[slot] = Math.Min(_asked[slot] + 1, MostAsked);
    }
}
