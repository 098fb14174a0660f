namespace VaeCodec.Lossless;

/// <summary>Codes one decision after the other: encoder and decoder are the same model around different ones of these.</summary>
internal interface IBitCoder
{
    /// <summary>Codes a decision.</summary>
    /// <param name="bit">The decision; a decoder does not look at it.</param>
    /// <param name="probability">Of 1, in 65536ths: 1 to 65535.</param>
    /// <returns>The decision.</returns>
    int Code(int bit, int probability);
}
