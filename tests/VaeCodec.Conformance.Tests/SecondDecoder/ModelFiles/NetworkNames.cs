namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: the names of the networks, in canonical order.</summary>
internal static class NetworkNames
{
    public const string AnalysisLinear = "analysis.linear";
    public const string AnalysisBranch = "analysis.branch";
    public const string SynthesisLinear = "synthesis.linear";
    public const string SynthesisBranch = "synthesis.branch";
    public const string HyperAnalysis = "hyper_analysis";
    public const string HyperScale = "hyper_scale";
    public const string HyperMean = "hyper_mean";
    public const string ContextSpatial = "context.spatial";
    public const string ContextFuse = "context.fuse";

    public static string[] All { get; } =
    [
        AnalysisLinear, AnalysisBranch, SynthesisLinear, SynthesisBranch, HyperAnalysis, HyperScale, HyperMean, ContextSpatial, ContextFuse,
    ];
}
