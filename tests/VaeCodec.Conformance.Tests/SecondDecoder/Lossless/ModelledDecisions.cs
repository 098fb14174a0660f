namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.7: decisions with the model that gives their probabilities and learns from each of them.</summary>
/// <param name="decisions">The tile's decisions.</param>
/// <param name="sizes">How many values the contexts have.</param>
internal sealed class ModelledDecisions(IDecisions decisions, ContextSizes sizes)
{
    private readonly DecisionModel _model = new(sizes);

    /// <summary>Enters the contexts of what is decided next.</summary>
    public void Choose(DecisionContexts contexts) => _model.Choose(contexts);

    /// <summary>The decision at a node.</summary>
    public int Decide(int node)
    {
        int decision = decisions.Read(_model.Probability(node));
        _model.Learn(decision);
        return decision;
    }
}
