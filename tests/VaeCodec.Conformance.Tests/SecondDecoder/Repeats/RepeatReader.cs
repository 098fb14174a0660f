using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: looks for the pixels of a tile among colours on offer, and remembers the colours of all.</summary>
/// <param name="decisions">The tile's decisions.</param>
/// <param name="colours">What colours are.</param>
/// <param name="rows">Rows of the tile.</param>
/// <param name="columns">Columns of the tile.</param>
internal sealed class RepeatReader(IDecisions decisions, Colours colours, int rows, int columns)
{
    /// <summary>The outcome of a pixel that was none of the offers.</summary>
    private const int NoOffer = 8;

    private readonly ModelledDecisions _decisions = new(decisions, OfferContextFinder.Sizes);
    private readonly ColourMemory[] _memories = [.. Enumerable.Range(0, Surroundings.Count).Select(_ => new ColourMemory())];
    private readonly TileHistory _done = new(rows, columns);
    private readonly TileHistory _outcomes = new(rows, columns);
    private uint[] _keys = [];

    /// <summary>The colour of a pixel that is on offer, or null if it is none of those.</summary>
    public ulong? Read(int row, int column)
    {
        Surroundings surroundings = new(colours, _done, row, column);
        _keys = surroundings.Keys();
        Memory?[] remembered = [.. _memories.Select((memory, i) => memory.Recall(_keys[i]))];
        List<Offer> offers = OfferFinder.Find(surroundings, remembered);
        int[] outcomes = [Outcome(row, column - 1), Outcome(row - 1, column), Outcome(row - 1, column + 1), Outcome(row - 1, column - 1)];
        OfferContextFinder contexts = new(colours, surroundings, _keys, remembered, outcomes, offers.Count);
        for (int j = 0; j < offers.Count; j++)
        {
            _decisions.Choose(contexts.Find(offers[j], j));
            if (_decisions.Decide(j) == 1)
            {
                _outcomes.Set(row, column, j);
                return offers[j].Colour;
            }
        }

        _outcomes.Set(row, column, NoOffer);
        return null;
    }

    /// <summary>What follows after the pixel that was read last, once its colour is known.</summary>
    public void Learn(int row, int column, ulong colour)
    {
        _done.Set(row, column, (long)colour);
        for (int i = 0; i < _memories.Length; i++)
        {
            _memories[i].Learn(_keys[i], colour);
        }
    }

    private int Outcome(int row, int column) => (int)_outcomes.At(row, column);
}
