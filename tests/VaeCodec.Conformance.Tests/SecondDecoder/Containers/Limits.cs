namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.10: what a reader refuses although the format allows it, with the default values.</summary>
internal sealed record Limits
{
    public long Pixels { get; init; } = 1L << 28;

    public int Side { get; init; } = 1 << 18;

    public int IccProfile { get; init; } = 1 << 22;

    public int Metadata { get; init; } = 1 << 26;
}
