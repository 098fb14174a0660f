using System.Buffers.Binary;

namespace VaeCodec.Metrics.Tests.Support;

/// <summary>A smooth picture of 9 to 16 bits a sample and a disturbed copy, the same for a seed. Samples are two bytes, little-endian.</summary>
internal sealed record DeepTestPicture(int Width, int Height, SampleFormat Format, byte[] Original, byte[] Disturbed)
{
    public static DeepTestPicture Make(int seed, int width, int height, SampleFormat format, int noise)
    {
        var random = new Random(seed);
        int channels = format.Channels;
        int[] original = new int[width * height * channels];
        int[] disturbed = new int[original.Length];
        for (int i = 0; i < original.Length; i++)
        {
            int x = i / channels % width;
            int y = i / channels / width;
            double value = 0.5 + (0.3 * Math.Sin((x * 0.13) + (y * 0.09) + (i % channels))) + (0.15 * Math.Cos(y * 0.21 * ((i % channels) + 1)));
            original[i] = Math.Clamp((int)(value * format.Peak), 0, format.Peak);
            disturbed[i] = Math.Clamp(original[i] + random.Next(-noise, noise + 1), 0, format.Peak);
        }

        return new DeepTestPicture(width, height, format, Bytes(original), Bytes(disturbed));
    }

    /// <summary>Samples as two bytes each, the less significant first.</summary>
    public static byte[] Bytes(params IReadOnlyList<int> samples)
    {
        byte[] bytes = new byte[samples.Count * 2];
        for (int i = 0; i < samples.Count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)samples[i]);
        }

        return bytes;
    }

    public PictureComparison Compare() => PictureComparison.Compare(Original, Disturbed, Width, Height, Format);

    /// <summary>Writes both as binary PNM files into a folder, which have the more significant byte first. The pictures have no alpha.</summary>
    public (string Original, string Disturbed) Write(string folder) => (Write(folder, "original", Original), Write(folder, "disturbed", Disturbed));

    private string Write(string folder, string name, byte[] pixels)
    {
        string path = Path.Combine(folder, name + (Format.ColourChannels == 1 ? ".pgm" : ".ppm"));
        byte[] header = System.Text.Encoding.ASCII.GetBytes($"P{(Format.ColourChannels == 1 ? 5 : 6)}\n{Width} {Height}\n{Format.Peak}\n");
        byte[] swapped = [.. pixels];
        for (int i = 0; i < swapped.Length; i += 2)
        {
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
        }

        File.WriteAllBytes(path, [.. header, .. swapped]);
        return path;
    }
}
