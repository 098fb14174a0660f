using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>Tiles of samples that no encoder has made.</summary>
internal static class MadeUpTile
{
    /// <summary>Makes up a tile's decisions; where a sample leaves its range the last ones are made up anew.</summary>
    /// <param name="way">How the tile is coded.</param>
    /// <param name="format">What its samples are.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="samples">Where its samples go.</param>
    /// <param name="random">Makes up.</param>
    /// <param name="outOfRange">Where the decisions go that end with a sample, or a value in a list, out of range.</param>
    /// <returns>The decisions, coded.</returns>
    public static byte[] Create(TileWay way, SampleFormat format, SampleScale scale, Grid<int> samples, SeededRandom random, List<byte[]> outOfRange)
    {
        List<int> given = [];
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

                // Mostly a few: going far back would never end where few samples are in range.
                int again = random.Below(8) == 0 ? 10 + random.Below(50) : 1 + random.Below(4);
                given = decisions.Made[..Math.Max(0, decisions.Made.Count - again)];
            }
        }
    }

    /// <summary>The coded bytes of a made-up tile: way, scale where there is one, decisions.</summary>
    public static byte[] Coded(TileWay way, SampleFormat format, SampleScale scale, byte[] decisions)
    {
        byte[] scaleBytes = format.HasScale ? [(byte)scale.Shift, (byte)scale.LevelCount, (byte)(scale.LevelCount >> 8)] : [];
        return [(byte)way, .. scaleBytes, .. decisions];
    }
}
