using System.Text;

namespace VaeCodec.Format.Tests;

/// <summary>Seeded data of the kinds that compressors meet: noise, runs, text, short periods, and mixtures.</summary>
internal static class SampleData
{
    private const string Words = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"> <rdf:Description rdf:about=\"\" tiff:Make=\"VaeCodec\"/> the quick brown fox ";

    public static byte[] Create(Random random, int size)
    {
        byte[] data = new byte[size];
        int kind = random.Next(5);
        int position = 0;
        while (position < size)
        {
            int count = kind == 4 ? Math.Min(size - position, random.Next(1, 400)) : size;
            Fill(random, kind == 4 ? random.Next(4) : kind, data.AsSpan(position, count));
            position += count;
        }

        return data;
    }

    private static void Fill(Random random, int kind, Span<byte> data)
    {
        switch (kind)
        {
            case 0:
                random.NextBytes(data);
                break;
            case 1:
                data.Fill((byte)random.Next(256));
                break;
            case 2:
                byte[] text = Encoding.ASCII.GetBytes(Words);
                int start = random.Next(text.Length);
                for (int i = 0; i < data.Length; i++)
                {
                    data[i] = text[(start + i) % text.Length];
                }

                break;
            default:
                int period = random.Next(2, 20);
                for (int i = 0; i < data.Length; i++)
                {
                    data[i] = i < period ? (byte)random.Next(256) : data[i - period];
                }

                break;
        }
    }
}
