namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: the colours on offer for a pixel, each once.</summary>
internal static class OfferFinder
{
    /// <summary>The seven surroundings and four neighbours.</summary>
    public const int Sources = Surroundings.Count + 4;

    private const int MostOffers = 8;

    public static List<Offer> Find(Surroundings surroundings, Memory?[] remembered)
    {
        ulong[] neighbours = [surroundings.C(0, -1), surroundings.C(-1, 0), surroundings.C(-1, 1), surroundings.C(-1, -1)];
        List<Offer> offers = [];
        for (int source = 0; source < Sources && offers.Count < MostOffers; source++)
        {
            ulong? colour = source < Surroundings.Count ? remembered[source]?.Colour : neighbours[source - Surroundings.Count];
            if (colour is { } known && offers.All(offer => offer.Colour != known))
            {
                offers.Add(new Offer(known, source));
            }
        }

        return offers;
    }
}
