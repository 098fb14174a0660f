using VaeCodec.Conformance.Tests.SecondDecoder.Containers;

namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Chapter 13: what the samples of a tile are.</summary>
/// <param name="Colours">Colour samples of a pixel, 1 or 3. Alpha beside latents is coded as those of a grey picture (section 2.6.1).</param>
/// <param name="HasAlpha">Whether an alpha sample follows them.</param>
/// <param name="BitDepth">Bits of a sample.</param>
/// <param name="ColourBound">Section 13.11: the bound of the colours' planes.</param>
/// <param name="AlphaBound">The bound of alpha's plane; 0 where there is none.</param>
internal sealed record SampleFormat(int Colours, bool HasAlpha, int BitDepth, int ColourBound, int AlphaBound)
{
    public int Channels => HasAlpha ? Colours + 1 : Colours;

    /// <summary>max: the greatest value of a sample.</summary>
    public int Maximum => (1 << BitDepth) - 1;

    /// <summary>Section 13.10: whether a scale follows the way.</summary>
    public bool HasScale => BitDepth > 8;

    /// <summary>The tiles of a sample file.</summary>
    public static SampleFormat OfSampleFile(Header header) => new(header.Colours, header.HasAlpha, header.BitDepth, header.MaxError, header.MaxAlphaError);

    /// <summary>Colours that are coded as samples in a file that is no sample file.</summary>
    public static SampleFormat OfColours(Header header) => new(header.Colours, false, header.BitDepth, 0, 0);

    /// <summary>Alpha in a file that is no sample file.</summary>
    public static SampleFormat OfAlpha(Header header) => new(1, false, header.BitDepth, header.MaxAlphaError, 0);

    public bool IsAlpha(int plane) => plane == Colours;

    /// <summary>Section 13.11: the step of a plane.</summary>
    public int Step(int plane) => (2 * (IsAlpha(plane) ? AlphaBound : ColourBound)) + 1;
}
