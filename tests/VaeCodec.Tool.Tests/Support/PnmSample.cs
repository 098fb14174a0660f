using System.Buffers.Binary;
using System.Text;

namespace VaeCodec.Tool.Tests;

/// <summary>A made-up picture of any depth, with or without alpha, and its samples as PNM and PAM files have them: written and read without the code under test.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples of a pixel: 1 or 3, and one more for alpha.</param>
/// <param name="MaxValue">The largest sample; above 255 samples take two bytes.</param>
/// <param name="Samples">Row after row, interleaved.</param>
internal sealed record PnmSample(int Width, int Height, int Channels, int MaxValue, int[] Samples)
{
    /// <summary>Whether the last sample of a pixel is alpha.</summary>
    public bool HasAlpha => Channels % 2 == 0;

    /// <summary>Slopes with a little grain; alpha has transparent and opaque areas and a slope between them.</summary>
    public static PnmSample Make(int channels, int maxValue, int width = 90, int height = 70)
    {
        var random = new Random(channels * maxValue);
        int[] samples = new int[width * height * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            int channel = i % channels, x = i / channels % width, y = i / channels / width;
            double value = channels % 2 == 0 && channel == channels - 1
                ? (double)(x - 15) / (width - 30)
                : 0.5 + (0.3 * Math.Sin((x * 0.06) + channel)) + (0.15 * Math.Cos(y * 0.09)) + (0.01 * random.NextDouble());
            samples[i] = Math.Clamp((int)Math.Round(value * maxValue), 0, maxValue);
        }

        return new PnmSample(width, height, channels, maxValue, samples);
    }

    /// <summary>Writes it as PGM or PPM, or as PAM where it has alpha.</summary>
    public void Write(string path)
    {
        string header = HasAlpha
            ? $"P7\nWIDTH {Width}\nHEIGHT {Height}\nDEPTH {Channels}\nMAXVAL {MaxValue}\nTUPLTYPE {(Channels == 2 ? "GRAYSCALE_ALPHA" : "RGB_ALPHA")}\nENDHDR\n"
            : $"P{(Channels == 1 ? 5 : 6)}\n{Width} {Height}\n{MaxValue}\n";
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes(header), .. MaxValue < 256 ? Samples.Select(sample => (byte)sample) : BigEndian()]);
    }

    /// <summary>Reads the samples of a file with the same size, channels and largest sample.</summary>
    public PnmSample Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int bytes = MaxValue < 256 ? 1 : 2;
        byte[] pixels = file[^(Samples.Length * bytes)..];
        string header = Encoding.ASCII.GetString(file, 0, file.Length - pixels.Length);
        Assert.StartsWith(HasAlpha ? "P7" : Channels == 1 ? "P5" : "P6", header, StringComparison.Ordinal);
        Assert.Matches($@"\b{Width}\b", header);
        Assert.Matches($@"\b{Height}\b", header);
        Assert.Matches($@"\b{MaxValue}\b", header);
        return this with
        {
            Samples = bytes == 1
                ? [.. pixels.Select(sample => (int)sample)]
                : [.. Enumerable.Range(0, Samples.Length).Select(i => (int)BinaryPrimitives.ReadUInt16BigEndian(pixels.AsSpan(i * 2)))],
        };
    }

    /// <summary>Alpha, pixel by pixel.</summary>
    public int[] Alpha() => [.. Samples.Where((_, i) => i % Channels == Channels - 1)];

    /// <summary>The largest error of colour in pixels that are not transparent.</summary>
    public int ColourError(PnmSample other)
    {
        int largest = 0;
        for (int i = 0; i < Samples.Length; i++)
        {
            bool counts = !HasAlpha || (i % Channels != Channels - 1 && Samples[(i / Channels * Channels) + Channels - 1] > 0);
            largest = counts ? Math.Max(largest, Math.Abs(Samples[i] - other.Samples[i])) : largest;
        }

        return largest;
    }

    private byte[] BigEndian() => [.. Samples.SelectMany(sample => (byte[])[(byte)(sample >> 8), (byte)sample])];
}
