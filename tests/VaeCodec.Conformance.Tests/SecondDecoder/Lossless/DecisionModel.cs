namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.7: the probability that a decision is 1, mixed from those of eight contexts.</summary>
internal sealed class DecisionModel
{
    /// <summary>Nodes of section 13.6.</summary>
    public const int Nodes = 64;

    public const int Contexts = 8;

    private readonly AdaptiveProbabilities[] _probabilities = [.. ContextFinder.Values.Select(values => new AdaptiveProbabilities(values * Nodes))];
    private readonly Mixer _first = new(ContextFinder.MixerValues.First);
    private readonly Mixer _second = new(ContextFinder.MixerValues.Second);

    /// <summary>Where the decision's probability lies in each context.</summary>
    private readonly int[] _slots = new int[Contexts];

    /// <summary>x of the decision.</summary>
    private readonly int[] _stretched = new int[Contexts];

    private int[] _values = [];

    /// <summary>Enters the contexts of a sample.</summary>
    public void Choose(SampleContexts contexts)
    {
        _values = contexts.Eight;
        int asked = _probabilities[^1].Asked(_values[^1] * Nodes);
        _first.Choose(contexts.First);
        _second.Choose(contexts.SecondBase + Math.Min(int.Log2(asked + 1), 3));
    }

    /// <summary>`coded` for the decision at a node.</summary>
    public int Probability(int node)
    {
        for (int j = 0; j < Contexts; j++)
        {
            _slots[j] = (_values[j] * Nodes) + node;
            _stretched[j] = Logistic.Stretch(_probabilities[j].Value(_slots[j]) >> 10);
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
            _probabilities[j].Learn(_slots[j], decision);
        }
    }
}
