using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: the contexts of the decisions whether a pixel is a colour on offer.</summary>
/// <param name="colours">What colours are.</param>
/// <param name="surroundings">The colours around the pixel.</param>
/// <param name="keys">The keys of the surroundings.</param>
/// <param name="remembered">What they remember.</param>
/// <param name="outcomes">The outcomes of the pixels at the left, above, above to the right and above to the left.</param>
/// <param name="offers">How many colours are on offer.</param>
internal sealed class OfferContextFinder(Colours colours, Surroundings surroundings, uint[] keys, Memory?[] remembered, int[] outcomes, int offers)
{
    /// <summary>A pixel is one of eight offers or none.</summary>
    private const int Outcomes = 9;

    public static ContextSizes Sizes { get; } = new(
        [16384, 65536, 65536, 64 * OfferFinder.Sources, Outcomes * Outcomes * Outcomes * Outcomes, 65536, 16 * OfferFinder.Sources * 9, 65536],
        OfferFinder.Sources * 4,
        Outcomes * Outcomes * 4,
        8);

    /// <summary>The contexts of one offer.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="j">Its number.</param>
    public DecisionContexts Find(Offer offer, int j)
    {
        int s = offer.Source < Surroundings.Count ? remembered[offer.Source]!.Confidence : 0;
        int[] eight =
        [
            Agreement(offer.Colour),
            (int)(keys[3] >> 16),
            (int)(keys[2] >> 16),
            (Equalities(offer.Colour) * OfferFinder.Sources) + offer.Source,
            (((((outcomes[0] * Outcomes) + outcomes[1]) * Outcomes) + outcomes[2]) * Outcomes) + outcomes[3],
            (int)(Hashing.Of(colours.Hash(keys[4], offer.Colour), j) >> 16),
            (((s * OfferFinder.Sources) + offer.Source) * 9) + offers,
            (int)(keys[1] >> 16),
        ];
        int second = ((outcomes[0] * Outcomes) + outcomes[1]) * 4;
        return new DecisionContexts(eight, (offer.Source * 4) + Math.Min(s >> 1, 3), second);
    }

    /// <summary>Context 0: a digit to the base 4 for what each of the surroundings remembers.</summary>
    private int Agreement(ulong colour)
    {
        int digits = 0;
        foreach (Memory? memory in remembered)
        {
            int digit = memory is null ? 0 : memory.Colour != colour ? 3 : memory.Confidence < 2 ? 1 : 2;
            digits = (digits * 4) + digit;
        }

        return digits;
    }

    /// <summary>e: which of six neighbours have the colour.</summary>
    private int Equalities(ulong colour)
    {
        ulong[] neighbours =
        [
            surroundings.C(0, -1), surroundings.C(-1, 0), surroundings.C(-1, 1), surroundings.C(-1, -1), surroundings.C(0, -2), surroundings.C(-2, 0),
        ];
        int bits = 0;
        for (int i = 0; i < neighbours.Length; i++)
        {
            bits |= neighbours[i] == colour ? 1 << i : 0;
        }

        return bits;
    }
}
