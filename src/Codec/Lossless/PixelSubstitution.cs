using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>
/// Chooses for each pixel of a tile what to code in its place: itself, or one of the pixels that are on offer, where the bits that this saves are worth more than its
/// error. Decoders do not notice.
/// </summary>
/// <param name="price">Bits that a squared error of a sample is worth, 1 from black to white.</param>
internal sealed class PixelSubstitution(float price)
{
    private const float Unit = 1f / 1024;

    /// <summary>How slowly the estimate of a pixel's bits follows.</summary>
    private const int Slowness = 16;

    private readonly float _price = price / (255 * 255);
    private float _ownBits = 12;

    /// <summary>Chooses.</summary>
    /// <param name="colour">The pixel.</param>
    /// <param name="repeats">What offers pixels, and has been told where this one is.</param>
    /// <returns>The pixel to code.</returns>
    public uint Choose(uint colour, PixelRepeats repeats)
    {
        ReadOnlySpan<uint> offers = repeats.Offers;
        if (offers.IsEmpty || offers[0] == colour)
        {
            return colour;
        }

        uint best = colour;
        float passed = 0, least = float.PositiveInfinity;
        for (int i = 0; i < offers.Length && passed < least; i++)
        {
            // Logarithms are taken in integers, so that every machine chooses alike.
            int probability = repeats.Probability(i);
            float cost = passed + WeighedRounding.Bits(probability) + (_price * Error(offers[i], colour));
            if (cost < least)
            {
                (least, best) = (cost, offers[i]);
            }

            passed += WeighedRounding.Bits(65536 - probability);
        }

        return passed + _ownBits < least ? colour : best;
    }

    /// <summary>Hears what a pixel took that was no offer.</summary>
    /// <param name="cost">In 1024ths of a bit, the refusals of the offers left out.</param>
    public void Learn(long cost) => _ownBits += ((cost * Unit) - _ownBits) / Slowness;

    private static int Error(uint left, uint right)
    {
        int sum = 0;
        for (int shift = 0; shift < 24; shift += 8)
        {
            int difference = (int)((left >> shift) & 255) - (int)((right >> shift) & 255);
            sum += difference * difference;
        }

        return sum;
    }
}
