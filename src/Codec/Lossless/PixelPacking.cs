using System.Buffers.Binary;

namespace VaeCodec.Lossless;

/// <summary>Pixels as they lie in memory, as one number, and as samples. In the number the first sample has the highest bits; each takes as many as in memory.</summary>
/// <param name="layout">The samples of a pixel.</param>
internal sealed class PixelPacking(PixelLayout layout)
{
    private readonly int _sampleBytes = layout.BytesPerSample();
    private readonly int _sampleBits = 8 * layout.BytesPerSample();

    /// <summary>Samples of a pixel.</summary>
    public int Channels { get; } = layout.Channels();

    /// <summary>Bytes of a pixel.</summary>
    public int PixelBytes { get; } = layout.BytesPerPixel();

    /// <summary>Whether the number takes more than 32 bits.</summary>
    public bool IsWide => PixelBytes > sizeof(uint);

    /// <summary>The number of a pixel.</summary>
    /// <param name="pixel">Its bytes.</param>
    /// <param name="numbers">The number of each value of a sample of two bytes, counted from 1; empty where it stands for itself.</param>
    public ulong Colour(ReadOnlySpan<byte> pixel, ReadOnlySpan<ushort> numbers)
    {
        ulong colour = 0;
        if (_sampleBytes == 1)
        {
            foreach (byte sample in pixel)
            {
                colour = (colour << 8) | sample;
            }

            return colour;
        }

        for (int i = 0; i < pixel.Length; i += 2)
        {
            ushort sample = BinaryPrimitives.ReadUInt16LittleEndian(pixel[i..]);
            colour = (colour << 16) | (uint)(numbers.IsEmpty ? sample : numbers[sample] - 1);
        }

        return colour;
    }

    /// <summary>The pixel of a number.</summary>
    /// <param name="colour">The number.</param>
    /// <param name="levels">What each number stands for; empty where it stands for itself.</param>
    /// <param name="pixel">Out: its bytes.</param>
    public void Spread(ulong colour, ReadOnlySpan<ushort> levels, Span<byte> pixel)
    {
        if (_sampleBytes == 1)
        {
            for (int c = pixel.Length - 1; c >= 0; c--, colour >>= 8)
            {
                pixel[c] = (byte)colour;
            }

            return;
        }

        for (int i = pixel.Length - 2; i >= 0; i -= 2, colour >>= 16)
        {
            ushort sample = (ushort)colour;
            BinaryPrimitives.WriteUInt16LittleEndian(pixel[i..], levels.IsEmpty ? sample : levels[sample]);
        }
    }

    /// <summary>A sample of a pixel.</summary>
    /// <param name="colour">The pixel's number.</param>
    /// <param name="channel">Which.</param>
    public int Sample(ulong colour, int channel) => (int)(colour >> ((Channels - 1 - channel) * _sampleBits)) & ((1 << _sampleBits) - 1);

    /// <summary>The number of a pixel to which a sample is added behind those that it has.</summary>
    /// <param name="colour">The number so far.</param>
    /// <param name="sample">The sample.</param>
    public ulong Add(ulong colour, int sample) => (colour << _sampleBits) | (uint)sample;
}
