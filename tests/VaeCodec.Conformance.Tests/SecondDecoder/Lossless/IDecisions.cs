namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Chapter 13: the decisions that a tile of samples is made of.</summary>
internal interface IDecisions
{
    /// <summary>The next decision.</summary>
    /// <param name="probability">The probability, of 65536, that it is 1.</param>
    int Read(int probability);

    /// <summary>Verifies that there are no more.</summary>
    void RequireEnd();
}
