namespace VaeCodec.Metrics;

/// <summary>
/// What the bytes of pixels are: interleaved samples, alpha last and not multiplied into the colour; one byte for a sample of 8 bits, two for one of 9 to 16, the less
/// significant first.
/// </summary>
public sealed record SampleFormat
{
    /// <summary>States a format.</summary>
    /// <param name="colourChannels">Samples of a pixel without alpha: 1 (grey) or 3 (red, green, blue).</param>
    /// <param name="hasAlpha">Whether alpha follows them.</param>
    /// <param name="bitDepth">Bits of a sample, 8 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The channels are neither 1 nor 3, or the bits not 8 to 16.</exception>
    public SampleFormat(int colourChannels, bool hasAlpha = false, int bitDepth = 8)
    {
        if (colourChannels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(colourChannels), colourChannels, "Pictures of 1 or 3 channels are compared.");
        }

        if (bitDepth is < 8 or > 16)
        {
            throw new ArgumentOutOfRangeException(nameof(bitDepth), bitDepth, "Samples of 8 to 16 bits are compared.");
        }

        ColourChannels = colourChannels;
        HasAlpha = hasAlpha;
        BitDepth = bitDepth;
    }

    /// <summary>Samples of a pixel without alpha: 1 or 3.</summary>
    public int ColourChannels { get; }

    /// <summary>Whether the last sample of a pixel is alpha; 0 is transparent.</summary>
    public bool HasAlpha { get; }

    /// <summary>Bits of a sample, 8 to 16.</summary>
    public int BitDepth { get; }

    /// <summary>The largest sample, 2^<see cref="BitDepth"/> - 1: the peak of PSNR and the dynamic range of SSIM.</summary>
    public int Peak => (1 << BitDepth) - 1;

    internal int BytesPerSample => BitDepth == 8 ? 1 : 2;

    internal int Channels => ColourChannels + (HasAlpha ? 1 : 0);

    internal int BytesPerPixel => Channels * BytesPerSample;
}
