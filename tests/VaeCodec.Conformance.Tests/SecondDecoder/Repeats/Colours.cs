using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: the samples of a pixel as one number, the first of them most significant.</summary>
/// <param name="format">What the samples are.</param>
internal sealed class Colours(SampleFormat format)
{
    private readonly int _bits = format.BitDepth > 8 ? 16 : 8;

    /// <summary>Whether a colour has more than 32 bits, all numbers that stand for one then, also those that need fewer.</summary>
    private bool IsWide => _bits * format.Channels > 32;

    public ulong Of(int[] samples)
    {
        ulong colour = 0;
        foreach (int sample in samples)
        {
            colour = (colour << _bits) + (ulong)sample;
        }

        return colour;
    }

    public int[] ToSamples(ulong colour)
    {
        int[] samples = new int[format.Channels];
        for (int channel = format.Channels - 1; channel >= 0; channel--)
        {
            samples[channel] = (int)(colour & ((1UL << _bits) - 1));
            colour >>= _bits;
        }

        return samples;
    }

    /// <summary>hash(h, a, b, ...) of colours.</summary>
    public uint Hash(uint h, params ulong[] colours)
    {
        foreach (ulong colour in colours)
        {
            h = Hashing.Of(h, (uint)colour);
            h = IsWide ? Hashing.Of(h, (uint)(colour >> 32)) : h;
        }

        return h;
    }
}
