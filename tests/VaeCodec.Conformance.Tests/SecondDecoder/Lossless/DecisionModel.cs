namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.7: the probability that a decision is 1, mixed from those of eight contexts.</summary>
/// <param name="sizes">How many values the contexts have.</param>
internal sealed class DecisionModel(ContextSizes sizes)
{
    public const int Contexts = 8;

    private readonly AdaptiveProbabilities[] _probabilities = [.. sizes.Eight.Select(values => new AdaptiveProbabilities(values, sizes.Nodes))];
    private readonly Mixer _first = new(sizes.First, sizes.Nodes);
    private readonly Mixer _second = new(sizes.Second, sizes.Nodes);

    /// <summary>x of the decision.</summary>
    private readonly int[] _stretched = new int[Contexts];

    private int[] _values = [];
    private int _node;

    /// <summary>Enters the contexts of what is decided next.</summary>
    public void Choose(DecisionContexts contexts)
    {
        _values = contexts.Eight;
        int asked = _probabilities[^1].Asked(_values[^1], 0);
        _first.Choose(contexts.First);
        _second.Choose(contexts.SecondBase + Math.Min(int.Log2(asked + 1), 3));
    }

    /// <summary>`coded` for the decision at a node.</summary>
    public int Probability(int node)
    {
        _node = node;
        for (int j = 0; j < Contexts; j++)
        {
            _stretched[j] = Logistic.Stretch(_probabilities[j].Value(_values[j], node) >> 10);
        }

        long dot1 = _first.Dot(node, _stretched);
        long dot2 = _second.Dot(node, _stretched);
        return Math.Clamp(Logistic.Squash((dot1 >> 15) + (dot2 >> 15)), 16, 65520);
    }

    /// <summary>What follows after the decision whose probability was asked last.</summary>
    public void Learn(int decision)
    {
        _first.Learn(_stretched, decision);
        _second.Learn(_stretched, decision);
        for (int j = 0; j < Contexts; j++)
        {
            _probabilities[j].Learn(_values[j], _node, decision);
        }
    }
}
