namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.10: the list of the values that a tile's samples have.</summary>
/// <param name="decisions">The tile's decisions.</param>
internal sealed class LevelList(IDecisions decisions)
{
    /// <summary>A distance is at most 2^16, that of 65535 from -1.</summary>
    public const int MostLog = 16;
    private const int Half = 32768;

    /// <summary>p of whether a distance has more bits, by the bits of the one before.</summary>
    private readonly int[,] _lengths = Halves();

    /// <summary>p of the bits below the highest, by how many there are.</summary>
    private readonly int[,] _bits = Halves();

    /// <summary>Reads a list.</summary>
    /// <param name="count">How many values it has.</param>
    /// <param name="most">The greatest value that there may be.</param>
    public int[] Read(int count, int most)
    {
        int[] values = new int[count];
        int value = -1;
        int log = 0;
        for (int i = 0; i < count; i++)
        {
            log = ReadLog(log);
            value += ReadDistance(log);
            DecodingException.Require(value <= most, FailureKind.CorruptSymbols, $"The value {value} in a list.");
            values[i] = value;
        }

        return values;
    }

    private int ReadLog(int before)
    {
        int log = 0;
        while (log < MostLog && Decide(ref _lengths[before, log]) == 1)
        {
            log++;
        }

        return log;
    }

    private int ReadDistance(int log)
    {
        int distance = 1;
        for (int bit = log - 1; bit >= 0; bit--)
        {
            distance = (2 * distance) + Decide(ref _bits[log, bit]);
        }

        return distance;
    }

    private int Decide(ref int p)
    {
        int decision = decisions.Read(Math.Clamp(p, 16, 65520));
        p += ((65536 * decision) - p) >> 4;
        return decision;
    }

    private static int[,] Halves()
    {
        int[,] halves = new int[MostLog + 1, MostLog + 1];
        for (int i = 0; i < halves.Length; i++)
        {
            halves[i / (MostLog + 1), i % (MostLog + 1)] = Half;
        }

        return halves;
    }
}
