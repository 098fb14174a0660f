namespace VaeCodec.Metrics.Tests.Support;

/// <summary>A smooth picture and a disturbed copy, the same for a seed.</summary>
internal sealed record TestPicture(int Width, int Height, int Channels, byte[] Original, byte[] Disturbed)
{
    public static TestPicture Make(int seed, int width, int height, int channels, int noise)
    {
        var random = new Random(seed);
        byte[] original = new byte[width * height * channels];
        byte[] disturbed = new byte[original.Length];
        double slant = random.NextDouble() * 6;
        for (int i = 0; i < original.Length; i++)
        {
            int channel = i % channels;
            int x = i / channels % width;
            int y = i / channels / width;
            double value = 128 + (70 * Math.Sin((x * 0.13) + (y * 0.05 * slant) + channel)) + (40 * Math.Cos(y * 0.21 * (channel + 1)));
            original[i] = (byte)Math.Clamp((int)value, 0, 255);
            disturbed[i] = (byte)Math.Clamp(original[i] + random.Next(-noise, noise + 1), 0, 255);
        }

        return new TestPicture(width, height, channels, original, disturbed);
    }

    public PictureComparison Compare() => PictureComparison.Compare(Original, Disturbed, Width, Height, Channels);

    /// <summary>Writes both as binary PNM files into a folder.</summary>
    public (string Original, string Disturbed) Write(string folder) => (Write(folder, "original", Original), Write(folder, "disturbed", Disturbed));

    private string Write(string folder, string name, byte[] pixels)
    {
        string path = Path.Combine(folder, name + (Channels == 1 ? ".pgm" : ".ppm"));
        byte[] header = System.Text.Encoding.ASCII.GetBytes($"P{(Channels == 1 ? 5 : 6)}\n{Width} {Height}\n255\n");
        File.WriteAllBytes(path, [.. header, .. pixels]);
        return path;
    }
}
