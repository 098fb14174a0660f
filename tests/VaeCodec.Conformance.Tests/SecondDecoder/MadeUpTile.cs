using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Tiles of samples that no encoder has made.</summary>
internal static class MadeUpTile
{
    private const int ManyLevels = 64;

    /// <summary>Makes up a tile's decisions; where a sample leaves its range the last ones are made up anew.</summary>
    /// <param name="way">How the tile is coded.</param>
    /// <param name="format">What its samples are.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="samples">Where its samples go.</param>
    /// <param name="random">Makes up.</param>
    /// <param name="outOfRange">Where the decisions go that end with a sample out of range.</param>
    /// <returns>The decisions, coded.</returns>
    public static byte[] Create(TileWay way, SampleFormat format, SampleScale scale, Grid<int> samples, SeededRandom random, List<byte[]> outOfRange)
    {
        List<int> list = ListDecisions(MakeUpLevels(scale.LevelCount, format.Maximum, random));
        List<int> given = list;
        while (true)
        {
            MadeUpDecisions decisions = new(given, random);
            try
            {
                new SampleTileDecoder(way, decisions, samples, format, scale).Decode();
                return decisions.Bytes;
            }
            catch (DecodingException)
            {
                decisions.RequireEnd();
                outOfRange.Add(decisions.Bytes);

                // Going far back would never end where few samples are in range.
                bool narrow = scale.LevelCount is > 0 and < ManyLevels;
                int again = !narrow || random.Below(8) == 0 ? 10 + random.Below(50) : 1 + random.Below(4);
                given = decisions.Made[..Math.Max(list.Count, decisions.Made.Count - again)];
            }
        }
    }

    /// <summary>Values that a tile may list, ascending: dense at the front, so that short distances follow each other, and scattered behind.</summary>
    public static int[] MakeUpLevels(int count, int most, SeededRandom random)
    {
        SortedSet<int> values = [.. Enumerable.Range(random.Below(2), count / 2)];
        while (values.Count < count)
        {
            values.Add(random.Below(most + 1));
        }

        return [.. values];
    }

    /// <summary>Section 13.10: the decisions of a list, which have no probability of their own to be made up by.</summary>
    public static List<int> ListDecisions(IEnumerable<int> values)
    {
        List<int> decisions = [];
        int before = -1;
        foreach (int value in values)
        {
            int distance = value - before;
            int log = int.Log2(distance);
            decisions.AddRange(Enumerable.Repeat(1, log));
            if (log < LevelList.MostLog)
            {
                decisions.Add(0);
            }

            for (int bit = log - 1; bit >= 0; bit--)
            {
                decisions.Add((distance >> bit) & 1);
            }

            before = value;
        }

        return decisions;
    }

    /// <summary>The coded bytes of a made-up tile: way, scale where there is one, decisions.</summary>
    public static byte[] Coded(TileWay way, SampleFormat format, SampleScale scale, byte[] decisions)
    {
        byte[] scaleBytes = format.HasScale ? [(byte)scale.Shift, (byte)scale.LevelCount, (byte)(scale.LevelCount >> 8)] : [];
        return [(byte)way, .. scaleBytes, .. decisions];
    }
}
