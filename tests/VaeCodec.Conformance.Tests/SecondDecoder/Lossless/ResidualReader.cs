namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.6: a residual, or the number of section 13.11, decision by decision.</summary>
/// <param name="decisions">The tile's decisions.</param>
internal sealed class ResidualReader(IDecisions decisions)
{
    private const int MostLog = 19;
    private const int LastNode = 63;
    private const int EvenChance = 32768;

    private readonly ModelledDecisions _decisions = new(decisions, ContextFinder.Sizes);

    /// <summary>Reads one.</summary>
    /// <param name="contexts">Its contexts.</param>
    /// <param name="noise">How many of the lowest bits have no node, unless they are among the first two below the highest.</param>
    public int Read(DecisionContexts contexts, int noise)
    {
        _decisions.Choose(contexts);
        if (_decisions.Decide(0) == 1)
        {
            return 0;
        }

        bool negative = _decisions.Decide(1) == 1;
        int log = 0;
        while (log < MostLog && _decisions.Decide(2 + log) == 1)
        {
            log++;
        }

        int magnitude = 1;
        for (int place = log - 1; place >= 0; place--)
        {
            bool isNoise = place < noise && log - place > 2;
            int bit = isNoise ? decisions.Read(EvenChance) : _decisions.Decide(BitNode(log, place, magnitude & 1));
            magnitude = (2 * magnitude) + bit;
        }

        return negative ? -magnitude : magnitude;
    }

    /// <summary>The node of a bit below the highest.</summary>
    /// <param name="log">l, the place of the highest.</param>
    /// <param name="place">The place of the bit.</param>
    /// <param name="before">The bit before.</param>
    private static int BitNode(int log, int place, int before) => (log - place) switch
    {
        1 => 22 + log,
        2 => Math.Min(42 + (2 * (log - 2)) + before, LastNode),
        _ => LastNode,
    };
}
