using System.Numerics;

namespace VaeCodec.Lossless;

/// <summary>
/// Codes which values the samples of a tile have, where they are few: samples of 8, 10 or 12 bits that were spread over 16 leave most values out (spec/vae-format.md, section
/// 13.10). Distances from value to value, by their number of bits and then these; all decisions are adaptive.
/// </summary>
internal static class LevelList
{
    private const int MostBits = 16;
    private const int Contexts = MostBits + 1;
    private const int Rate = 4;

    /// <summary>Codes a list.</summary>
    /// <param name="coder">Codes decisions.</param>
    /// <param name="levels">The values, ascending; a decoder fills them in.</param>
    /// <param name="most">The largest value that there may be.</param>
    /// <returns>Whether all are within 0 to <paramref name="most"/>.</returns>
    public static bool Code<TCoder>(ref TCoder coder, Span<ushort> levels, int most)
        where TCoder : struct, IBitCoder
    {
        int[] lengths = new int[Contexts * Contexts], bits = new int[Contexts * Contexts];
        Array.Fill(lengths, 1 << 15);
        Array.Fill(bits, 1 << 15);
        int before = -1, lengthBefore = 0;
        foreach (ref ushort level in levels)
        {
            int distance = Math.Max(level - before, 1), wanted = BitOperations.Log2((uint)distance), length = 0;
            while (length < MostBits && Decide(ref coder, wanted > length ? 1 : 0, ref lengths[(lengthBefore * Contexts) + length]) != 0)
            {
                length++;
            }

            int value = 1;
            for (int i = length - 1; i >= 0; i--)
            {
                value = (value << 1) | Decide(ref coder, (distance >> i) & 1, ref bits[(length * Contexts) + i]);
            }

            if (before + value > most)
            {
                return false;
            }

            level = (ushort)(before += value);
            lengthBefore = length;
        }

        return true;
    }

    private static int Decide<TCoder>(ref TCoder coder, int bit, ref int probability)
        where TCoder : struct, IBitCoder
    {
        bit = coder.Code(bit, Math.Clamp(probability, 16, 65520));
        probability += ((bit << 16) - probability) >> Rate;
        return bit;
    }
}
