namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.7: the probabilities of a context, for each of its values and each node.</summary>
/// <param name="values">How many values the context has.</param>
/// <param name="nodes">How many nodes there are.</param>
internal sealed class AdaptiveProbabilities(int values, int nodes)
{
    private const int Half = 1 << 21;
    private const long One = (1 << 22) - 1;
    private const int MostAsked = 255;

    /// <summary>s and n of each value's nodes, made once they are needed: most values never are.</summary>
    private readonly (int S, int N)[]?[] _values = new (int, int)[]?[values];

    /// <summary>s, of 22 bits.</summary>
    public int Value(int value, int node) => Nodes(value)[node].S;

    /// <summary>n, how often it has been asked.</summary>
    public int Asked(int value, int node) => Nodes(value)[node].N;

    public void Learn(int value, int node, int decision)
    {
        (int s, int n) = Nodes(value)[node];
        long difference = (decision * One) - s;
        int rate = 131072 / ((2 * n) + 3);
        Nodes(value)[node] = (s + (int)((difference * rate) >> 16), Math.Min(n + 1, MostAsked));
    }

    private (int S, int N)[] Nodes(int value)
    {
        if (_values[value] is not { } made)
        {
            made = new (int, int)[nodes];
            Array.Fill(made, (Half, 0));
            _values[value] = made;
        }

        return made;
    }
}
