using System.Runtime.CompilerServices;

namespace VaeCodec.Lossless;

/// <summary>
/// Expects pixels that have been seen before, for what is drawn or written rather than photographed: seven surroundings of different extent each remember the colour that
/// followed them last, and those colours, then the neighbours', are offered one after the other (spec/vae-format.md, section 13.9).
/// </summary>
/// <remarks>
/// Sources: prediction by the longest equal surroundings as in PPM (Cleary, Witten, 1984), in two dimensions as in JBIG2's generic regions (ISO/IEC 14492, 6.2); the offers
/// are mixed decisions as those of <see cref="BitModel"/>. Not thread-safe.
/// </remarks>
internal sealed class PixelRepeats : IDisposable
{
    private const int Orders = 7;
    private const int Neighbours = 4;
    private const int Sources = Orders + Neighbours;
    private const int MostOffers = 8;
    private const int Outcomes = MostOffers + 1;
    private const int Margin = 8;
    private const int TableBits = 16;
    private const int Agreements = 1 << (2 * Orders);
    private const int Confidences = 16;

    /// <summary>What a confidence must be above to outlast one failure; it then falls to a quarter.</summary>
    private const int Lasting = 3;

    private readonly ulong[][] _tables = [.. Enumerable.Range(0, Orders).Select(_ => new ulong[1 << TableBits])];

    /// <summary>The high halves of colours that take more than 32 bits, place by place as the tables; null where none do.</summary>
    private readonly uint[][]? _highTables;

    private readonly ulong[][] _rows;
    private readonly byte[][] _outcomes;
    private readonly uint[] _columns;
    private readonly BitModel _model = new(Sizes, Sources * 4, Outcomes * Outcomes, MostOffers);
    private readonly uint[] _hashes = new uint[Orders];
    private readonly int[] _confidences = new int[Orders];
    private readonly ulong[] _remembered = new ulong[Orders];
    private readonly ulong[] _offers = new ulong[MostOffers];
    private readonly int[] _sources = new int[MostOffers];
    private int _x;

    /// <summary>Makes room.</summary>
    /// <param name="width">Pixels in a row of the widest tile.</param>
    /// <param name="wide">Whether colours take more than 32 bits.</param>
    public PixelRepeats(int width, bool wide)
    {
        ulong[] Row() => new ulong[width + (2 * Margin)];
        _rows = [Row(), Row(), Row(), Row(), Row()];
        _columns = new uint[width + (2 * Margin)];
        _highTables = wide ? [.. Enumerable.Range(0, Orders).Select(_ => new uint[1 << TableBits])] : null;
        _outcomes = [new byte[width + (2 * Margin)], new byte[width + (2 * Margin)]];
    }

    /// <summary>Colours on offer for the pixel at hand, most likely first, after <see cref="Expect"/>.</summary>
    public ReadOnlySpan<ulong> Offers => _offers.AsSpan(0, OfferCount);

    private static ReadOnlySpan<int> Sizes =>
        [Agreements, 1 << TableBits, 1 << TableBits, 64 * Sources, Outcomes * Outcomes * Outcomes * Outcomes, 1 << TableBits, Confidences * Sources * Outcomes, 1 << TableBits];

    private int OfferCount { get; set; }

    /// <summary>Bytes that an instance takes.</summary>
    /// <param name="width">Pixels in a row of the widest tile.</param>
    /// <param name="wide">Whether colours take more than 32 bits.</param>
    public static long Bytes(int width, bool wide)
        => (Orders * (sizeof(ulong) + (wide ? sizeof(uint) : 0)) << TableBits) + BitModel.Bytes(Sizes, Sources * 4, Outcomes * Outcomes, MostOffers) + (46L * (width + (2 * Margin)));

    /// <summary>Starts a tile.</summary>
    public void Reset()
    {
        Array.ForEach(_tables, table => Array.Clear(table));
        Array.ForEach(_rows, row => Array.Clear(row));
        Array.ForEach(_outcomes, row => Array.Clear(row));
        _model.Reset();
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    /// <summary>Goes on to the next row. What lies outside the tile is zero.</summary>
    public void BeginRow()
    {
        (_rows[0], _rows[1], _rows[2], _rows[3], _rows[4]) = (_rows[4], _rows[0], _rows[1], _rows[2], _rows[3]);
        (_outcomes[0], _outcomes[1]) = (_outcomes[1], _outcomes[0]);
        ulong[] above = _rows[1], second = _rows[2], third = _rows[3];
        for (int x = 0; x < _columns.Length; x++)
        {
            _columns[x] = Hash(Hash(Hash(0, above[x]), second[x]), third[x]);
        }
    }

    /// <summary>Looks at what surrounds a pixel.</summary>
    /// <param name="x">Its column.</param>
    public void Expect(int x)
    {
        _x = x + Margin;
        if (_highTables is null)
        {
            HashSurroundings<NarrowColour>(_x);
        }
        else
        {
            HashSurroundings<WideColour>(_x);
        }

        OfferCount = 0;
        for (int order = 0; order < Orders; order++)
        {
            ulong slot = _tables[order][_hashes[order] >> (32 - TableBits)];
            _confidences[order] = -1;
            if ((slot & 255) != 0 && ((slot >> 8) & 65535) == (_hashes[order] & 65535))
            {
                _confidences[order] = (int)(slot & 255) - 1;
                _remembered[order] = (slot >> 32) | (_highTables is null ? 0 : (ulong)_highTables[order][_hashes[order] >> (32 - TableBits)] << 32);
                Offer(_remembered[order], order);
            }
        }

        Offer(_rows[0][_x - 1], Orders);
        Offer(_rows[1][_x], Orders + 1);
        Offer(_rows[1][_x + 1], Orders + 2);
        Offer(_rows[1][_x - 1], Orders + 3);
    }

    /// <summary>Codes whether a pixel is one of the offers, and which.</summary>
    /// <param name="coder">Codes the decisions.</param>
    /// <param name="colour">In: the pixel's colour, which a decoder does not look at; out: its colour if it was an offer.</param>
    /// <returns>Whether it was one. If not, <see cref="Learn(ulong)"/> must hear its colour.</returns>
    public bool Code<TCoder>(ref TCoder coder, ref ulong colour)
        where TCoder : struct, IBitCoder
    {
        for (int i = 0; i < OfferCount; i++)
        {
            Choose(i);
            if (_model.Decide(ref coder, colour == _offers[i] ? 1 : 0, i) != 0)
            {
                colour = _offers[i];
                Learn(colour, i);
                return true;
            }
        }

        return false;
    }

    /// <summary>The probability, of 65536, that an offer is taken once those before it were not.</summary>
    /// <param name="offer">Its number.</param>
    public int Probability(int offer)
    {
        Choose(offer);
        return _model.Probability(offer);
    }

    /// <summary>Takes in a pixel that was no offer.</summary>
    /// <param name="colour">Its colour.</param>
    public void Learn(ulong colour) => Learn(colour, MostOffers);

    private static uint Final(uint hash)
    {
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        return hash ^ (hash >> 13);
    }

    private static uint Hash(uint hash, uint value) => SurroundingsHash.Add(hash, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash<TWidth>(uint hash, ulong colour)
        where TWidth : struct, IColourWidth
    {
        hash = SurroundingsHash.Add(hash, (uint)colour);
        return TWidth.IsWide ? SurroundingsHash.Add(hash, (uint)(colour >> 32)) : hash;
    }

    private uint Hash(uint hash, ulong colour) => _highTables is null ? Hash<NarrowColour>(hash, colour) : Hash<WideColour>(hash, colour);

    /// <summary>Hashes of the surroundings, from the widest to the two above.</summary>
    private void HashSurroundings<TWidth>(int x)
        where TWidth : struct, IColourWidth
    {
        ulong[] row = _rows[0], above = _rows[1], second = _rows[2], fourth = _rows[4];
        uint large = 2;
        for (int i = -3; i <= 4; i++)
        {
            large = Hash(large, _columns[x + i]);
        }

        large = Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(large, row[x - 1]), row[x - 2]), row[x - 3]), row[x - 4]), row[x - 5]);
        uint huge = Hash(large, 3u);
        for (int i = 4; i <= 6; i++)
        {
            huge = Hash(Hash(huge, _columns[x - i]), _columns[x + i + 1]);
        }

        huge = Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(huge, row[x - 6]), row[x - 7]), row[x - 8]);
        huge = Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(huge, fourth[x]), fourth[x + 1]), fourth[x + 2]), fourth[x - 1]), fourth[x - 2]);
        uint two = Hash<TWidth>(Hash<TWidth>(1, row[x - 1]), above[x]);
        uint near = Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(two, above[x - 1]), above[x + 1]), row[x - 2]), second[x]);
        uint middle = Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(Hash<TWidth>(near, row[x - 3]), above[x - 2]), above[x + 2]), above[x + 3]), second[x - 1]), second[x + 1]), row[x - 4]);
        _hashes[0] = Final(huge);
        _hashes[1] = Final(large);
        _hashes[2] = Final(middle);
        _hashes[3] = Final(near);
        _hashes[4] = Final(two);
        _hashes[5] = Final(Hash<TWidth>(Hash<TWidth>(4, row[x - 1]), row[x - 2]));
        _hashes[6] = Final(Hash<TWidth>(Hash<TWidth>(5, above[x]), above[x + 1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Offer(ulong colour, int source)
    {
        if (OfferCount < MostOffers && !Offers.Contains(colour))
        {
            _offers[OfferCount] = colour;
            _sources[OfferCount++] = source;
        }
    }

    /// <summary>Chooses the contexts in which an offer is taken or not.</summary>
    private void Choose(int offer)
    {
        ulong[] row = _rows[0], above = _rows[1], second = _rows[2];
        byte[] before = _outcomes[0], beforeAbove = _outcomes[1];
        ulong colour = _offers[offer];
        int x = _x, agreement = 0;
        for (int order = 0; order < Orders; order++)
        {
            int confidence = _confidences[order];
            agreement = (agreement * 4) + (confidence < 0 ? 0 : _remembered[order] != colour ? 3 : confidence < 2 ? 1 : 2);
        }

        int equal = (colour == row[x - 1] ? 1 : 0) | (colour == above[x] ? 2 : 0) | (colour == above[x + 1] ? 4 : 0)
            | (colour == above[x - 1] ? 8 : 0) | (colour == row[x - 2] ? 16 : 0) | (colour == second[x] ? 32 : 0);
        int source = _sources[offer], sure = source < Orders ? _confidences[source] : 0;
        int sides = (before[x - 1] * Outcomes) + beforeAbove[x];
        ReadOnlySpan<int> contexts =
        [
            agreement,
            (int)(_hashes[3] >> (32 - TableBits)),
            (int)(_hashes[2] >> (32 - TableBits)),
            (equal * Sources) + source,
            (((sides * Outcomes) + beforeAbove[x + 1]) * Outcomes) + beforeAbove[x - 1],
            (int)(Hash(Hash(_hashes[4], colour), (uint)offer) >> (32 - TableBits)),
            (((sure * Sources) + source) * Outcomes) + OfferCount,
            (int)(_hashes[1] >> (32 - TableBits)),
        ];
        _model.Choose(contexts, (source * 4) + Math.Min(sure >> 1, 3), sides);
    }

    private void Learn(ulong colour, int outcome)
    {
        _rows[0][_x] = colour;
        _outcomes[0][_x] = (byte)outcome;
        for (int order = 0; order < Orders; order++)
        {
            int confidence = _confidences[order];
            ulong kept = colour;
            if (confidence >= 0 && _remembered[order] == colour)
            {
                confidence = Math.Min(confidence + 1, Confidences - 1);
            }
            else if (confidence > Lasting)
            {
                confidence >>= 2;
                kept = _remembered[order];
            }
            else
            {
                confidence = 0;
            }

            uint place = _hashes[order] >> (32 - TableBits);
            if (_highTables is not null)
            {
                _highTables[order][place] = (uint)(kept >> 32);
            }

            _tables[order][place] = (kept << 32) | ((_hashes[order] & 65535) << 8) | (uint)(confidence + 1);
        }
    }

    /// <summary>Whether colours take more than 32 bits, known when code is compiled: each pixel hashes some sixty.</summary>
    private interface IColourWidth
    {
        static abstract bool IsWide { get; }
    }

    private readonly struct NarrowColour : IColourWidth
    {
        public static bool IsWide => false;
    }

    private readonly struct WideColour : IColourWidth
    {
        public static bool IsWide => true;
    }
}
