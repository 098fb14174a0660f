namespace VaeCodec.Conformance.Tests.Support;

/// <summary>
/// Writing spec/vectors anew. This is for a deliberate change of the format only, when the old vectors are retired with
/// the old version; it is never a way to make a test pass (spec/vectors/README.md).
/// </summary>
internal static class Regeneration
{
    /// <summary>Set to "model" the frozen model is built and written anew, set to "vectors" the streams are.</summary>
    public const string Variable = "VAECODEC_REGENERATE_VECTORS";

    /// <summary>The value of the variable.</summary>
    public static string? Wanted => Environment.GetEnvironmentVariable(Variable);
}
