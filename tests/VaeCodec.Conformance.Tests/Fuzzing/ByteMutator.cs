using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Fuzzing;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    private static readonly byte[] s_interesting = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];

    /// <summary>One to four small changes, or a larger one.</summary>
    /// <param name="source">The bytes; not changed.</param>
    /// <param name="random">Decides.</param>
    /// <param name="first">Bytes before this offset stay.</param>
    public static byte[] Mutate(byte[] source, SeededRandom random, int first = 0)
    {
        List<byte> bytes = [.. source];
        for (int changes = 1 + random.Below(4); changes > 0 && bytes.Count > first; changes--)
        {
            int at = first + random.Below(bytes.Count - first);
            int run = Math.Min(1 + random.Below(random.Below(4) == 0 ? 40 : 4), bytes.Count - at);
            switch (random.Below(8))
            {
                case 0:
                    bytes[at] = random.Byte();
                    break;
                case 1:
                    bytes[at] = s_interesting[random.Below(s_interesting.Length)];
                    break;
                case 2 or 3:
                    bytes[at] ^= (byte)(1 << random.Below(8));
                    break;
                case 4:
                    bytes.InsertRange(at, Enumerable.Range(0, run).Select(_ => random.Byte()));
                    break;
                case 5:
                    bytes.RemoveRange(at, run);
                    break;
                case 6:
                    bytes.InsertRange(first + random.Below(bytes.Count - first), bytes.GetRange(at, run));
                    break;
                default:
                    for (int i = 0; i < run; i++)
                    {
                        bytes[at + i] = 0;
                    }

                    break;
            }
        }

        return [.. bytes];
    }
}
