namespace VaeCodec.Lossless;

/// <summary>Probabilities on the logistic scale and back, in integers: what is mixed are not probabilities but ln(p / (1 - p)), in units of 1/256.</summary>
/// <remarks>The sixteen-bit points and the rule between them are normative (spec/vae-format.md, section 13.7). Source of mixing on this scale: Mahoney, "Adaptive weighing of context models", 2005.</remarks>
internal static class Logistic
{
    /// <summary>Largest magnitude on the logistic scale.</summary>
    public const int Most = 2047;

    /// <summary>round(65536 / (1 + e^(-x / 256))) for x = -2048, -1920, ..., 2048.</summary>
    private static readonly int[] s_points =
    [
        22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768,
        40793, 47911, 53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514,
    ];

    private static readonly short[] s_stretched = MakeStretched();

    /// <summary>The probability at a place on the scale: straight lines between the points.</summary>
    /// <param name="x">The place; beyond <see cref="Most"/> it is taken as that.</param>
    /// <returns>Sixteen bits, never 0 or 65536.</returns>
    public static int Squash(int x)
    {
        int place = Math.Clamp(x, -Most, Most) + 2048, weight = place & 127;
        return ((s_points[place >> 7] * (128 - weight)) + (s_points[(place >> 7) + 1] * weight) + 64) >> 7;
    }

    /// <summary>The place of a probability of twelve bits: the first at which <see cref="Squash"/> reaches it.</summary>
    public static int Stretch(uint probability) => s_stretched[probability];

    private static short[] MakeStretched()
    {
        short[] table = new short[4096];
        int next = 0;
        for (int x = -Most; x <= Most; x++)
        {
            for (int reached = Squash(x) >> 4; next <= reached; next++)
            {
                table[next] = (short)x;
            }
        }

        Array.Fill(table, (short)Most, next, table.Length - next);
        return table;
    }
}
