namespace VaeCodec.Conformance.Tests.SecondDecoder.Lossless;

/// <summary>Section 13.3: what is predicted of a sample, in eighths of a level.</summary>
/// <param name="Inputs">u.</param>
/// <param name="Five">p0 to p4.</param>
/// <param name="Energy">The energy.</param>
/// <param name="BiasEntry">b.</param>
/// <param name="Final">The prediction.</param>
internal sealed record Prediction(long[] Inputs, long[] Five, long Energy, int BiasEntry, long Final)
{
    /// <summary>Section 13.5: the level that a residual is added to.</summary>
    public int Level => (int)((Final + 4) >> 3);
}
