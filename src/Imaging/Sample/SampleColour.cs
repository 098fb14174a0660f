namespace VaeCodec.Imaging.Sample;

/// <summary>A colour, 8 bits a channel.</summary>
internal readonly record struct SampleColour(int R, int G, int B)
{
    /// <summary>Goes from this colour to another; <paramref name="share"/> of the other in 256ths, clamped.</summary>
    internal SampleColour To(SampleColour other, int share)
    {
        share = Math.Clamp(share, 0, 256);
        return new SampleColour(
            R + (((other.R - R) * share) >> 8),
            G + (((other.G - G) * share) >> 8),
            B + (((other.B - B) * share) >> 8));
    }

    /// <summary>Adds the same to each channel.</summary>
    internal SampleColour Plus(int light) => new(R + light, G + light, B + light);
}
