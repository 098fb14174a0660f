using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>
/// Chooses for each pixel of a tile what to code in its place: itself, or one of the pixels that are on offer, where the bits that this saves are worth more than its
/// error. Decoders do not notice.
/// </summary>
/// <param name="picture">The picture.</param>
/// <param name="price">Bits that a squared error of a sample is worth, 1 from black to white.</param>
/// <param name="bounds">How far a sample may be from the picture's; null where only the price counts.</param>
/// <param name="isAlpha">Whether the samples are alpha alone.</param>
/// <param name="hidden">For each pixel of the tile whether it is transparent, so that any will do; null where none is.</param>
/// <param name="runs">Makes errors dearer where many pixels are replaced; null where nothing does.</param>
internal sealed class PixelSubstitution(PictureDescription picture, float price, ErrorBounds? bounds, bool isAlpha, bool[]? hidden, ReplacedRuns? runs)
{
    private const float Unit = 1f / 1024;

    /// <summary>How slowly the estimate of a pixel's bits follows.</summary>
    private const int Slowness = 16;

    private readonly PixelPacking _packing = new(picture.Layout);
    private readonly int _colours = picture.Layout.ColourChannels();
    private readonly int _highest = picture.MaxSample;
    private readonly float _price = price / ((float)picture.MaxSample * picture.MaxSample);
    private float _ownBits = 12;
    private int _pixel;

    /// <summary>Chooses for the next pixel of the tile.</summary>
    /// <param name="colour">The pixel.</param>
    /// <param name="repeats">What offers pixels, and has been told where this one is.</param>
    /// <returns>The pixel to code.</returns>
    public ulong Choose(ulong colour, PixelRepeats repeats)
    {
        ReadOnlySpan<ulong> offers = repeats.Offers;
        bool free = hidden is not null && hidden[_pixel];
        float errorPrice = _price * (runs?.Next(colour) ?? 1);
        _pixel++;
        if (offers.IsEmpty || offers[0] == colour)
        {
            runs?.Note(false);
            return colour;
        }

        ulong best = colour;
        float passed = 0, least = float.PositiveInfinity;
        for (int i = 0; i < offers.Length && passed < least; i++)
        {
            // Logarithms are taken in integers, so that every machine chooses alike.
            int probability = repeats.Probability(i);
            float cost = passed + WeighedRounding.Bits(probability) + (free ? 0 : errorPrice * Error(offers[i], colour));
            if (cost < least && IsWithin(offers[i], colour))
            {
                (least, best) = (cost, offers[i]);
            }

            passed += WeighedRounding.Bits(65536 - probability);
        }

        best = passed + _ownBits < least ? colour : best;
        runs?.Note(!free && best != colour);
        return best;
    }

    /// <summary>Hears what a pixel took that was no offer.</summary>
    /// <param name="cost">In 1024ths of a bit, the refusals of the offers left out.</param>
    public void Learn(long cost) => _ownBits += ((cost * Unit) - _ownBits) / Slowness;

    private float Error(ulong left, ulong right)
    {
        long sum = 0;
        for (int channel = 0; channel < _packing.Channels; channel++)
        {
            long difference = _packing.Sample(left, channel) - _packing.Sample(right, channel);
            sum += difference * difference;
        }

        return sum;
    }

    private bool IsWithin(ulong offer, ulong colour)
    {
        for (int channel = 0; bounds is { } most && channel < _packing.Channels; channel++)
        {
            int wanted = _packing.Sample(colour, channel), difference = Math.Abs(_packing.Sample(offer, channel) - wanted);
            bool alpha = isAlpha || channel == _colours;
            int bound = alpha ? wanted == 0 || wanted == _highest ? 0 : most.Alpha : most.Colour;
            if (difference > bound)
            {
                return false;
            }
        }

        return true;
    }
}
