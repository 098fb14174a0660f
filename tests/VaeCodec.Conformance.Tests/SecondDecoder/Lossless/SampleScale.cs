namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.10: the scale of a tile of samples.</summary>
/// <param name="Shift">The lowest bits that are noise.</param>
/// <param name="LevelCount">How many values its samples have, where they are listed; otherwise 0.</param>
internal sealed record SampleScale(int Shift, int LevelCount)
{
    /// <summary>Bytes that a scale takes.</summary>
    public const int Length = 3;

    private const int MostShift = 8;

    /// <summary>That of samples of 8 bits, which the file does not hold.</summary>
    public static SampleScale None { get; } = new(0, 0);

    /// <summary>Takes a scale from the front of coded bytes.</summary>
    public static SampleScale Read(ByteReader bytes, SampleFormat format)
    {
        SampleScale scale = new(bytes.U8(), bytes.U16());
        DecodingException.Require(scale.Shift <= MostShift, FailureKind.CorruptSymbols, $"The shift {scale.Shift}.");
        DecodingException.Require(scale.LevelCount <= format.Maximum, FailureKind.CorruptSymbols, $"{scale.LevelCount} values.");
        bool bounded = format.ColourBound > 0 || format.AlphaBound > 0;
        DecodingException.Require(scale.LevelCount == 0 || !bounded, FailureKind.CorruptSymbols, "Values are listed where errors have a bound.");
        return scale;
    }
}
