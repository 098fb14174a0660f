namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>A file or a model that the second decoder refuses (sections 2.11 and 12.1).</summary>
/// <param name="kind">Why.</param>
/// <param name="message">What is wrong, for people.</param>
internal sealed class DecodingException(FailureKind kind, string message) : Exception($"{kind}: {message}")
{
    public FailureKind Kind { get; } = kind;

    /// <summary>Throws unless a rule holds.</summary>
    public static void Require(bool holds, FailureKind kind, string broken)
    {
        if (!holds)
        {
            throw new DecodingException(kind, broken);
        }
    }
}
