namespace VaeCodec.Conformance.Tests.SecondDecoder.Repeats;

/// <summary>Section 13.9: the samples of a pixel as one number, the first of them most significant.</summary>
internal static class Colours
{
    private const int Base = 256;

    public static int Of(int[] samples)
    {
        int colour = 0;
        foreach (int sample in samples)
        {
            colour = (colour * Base) + sample;
        }

        return colour;
    }

    public static int[] ToSamples(int colour, int channels)
    {
        int[] samples = new int[channels];
        for (int channel = channels - 1; channel >= 0; channel--)
        {
            samples[channel] = colour % Base;
            colour /= Base;
        }

        return samples;
    }
}
