namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.7: squash and stretch, between the logistic domain and probabilities.</summary>
internal static class Logistic
{
    private const int Bound = 2047;

    private static readonly int[] s_points =
    [
        22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768,
        40793, 47911, 53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514,
    ];

    private static readonly int[] s_stretch = [.. Enumerable.Range(0, 4096).Select(Invert)];

    /// <summary>A probability of 65536.</summary>
    public static int Squash(long x)
    {
        int y = (int)Math.Clamp(x, -Bound, Bound) + 2048;
        int fraction = y % 128;
        return ((s_points[y >> 7] * (128 - fraction)) + (s_points[(y >> 7) + 1] * fraction) + 64) >> 7;
    }

    /// <summary>The least x with squash(x) >> 4 at least a probability of 4096, or 2047.</summary>
    public static int Stretch(int probability) => s_stretch[probability];

    private static int Invert(int probability)
    {
        for (int x = -Bound; x < Bound; x++)
        {
            if (Squash(x) >> 4 >= probability)
            {
                return x;
            }
        }

        return Bound;
    }
}
