namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: the networks of a model.</summary>
internal sealed record ModelDescription
{
    /// <summary>M.</summary>
    public required int LatentChannels { get; init; }

    /// <summary>Z.</summary>
    public required int HyperChannels { get; init; }

    /// <summary>N, the number of tables of scales.</summary>
    public required int Scales { get; init; }

    /// <summary>Whether chapter 8 is read with section 8.5.</summary>
    public required bool Winograd { get; init; }

    /// <summary>All networks, in canonical order.</summary>
    public required NetworkDescription[] Networks { get; init; }

    public NetworkDescription Network(string name) => Networks.Single(network => network.Name == name);

    /// <summary>Channels that enter a network.</summary>
    public int InputsOf(string network) => network switch
    {
        NetworkNames.AnalysisLinear or NetworkNames.AnalysisBranch => 3,
        NetworkNames.HyperScale or NetworkNames.HyperMean => HyperChannels,
        NetworkNames.ContextFuse => ContextChannels + LatentChannels,
        _ => LatentChannels,
    };

    /// <summary>Channels that must leave a network; null where it is free to choose.</summary>
    public int? OutputsOf(string network) => network switch
    {
        NetworkNames.SynthesisLinear or NetworkNames.SynthesisBranch => 3,
        NetworkNames.HyperAnalysis => HyperChannels,
        NetworkNames.ContextSpatial => null,
        _ => LatentChannels,
    };

    /// <summary>C, the channels that context.spatial gives.</summary>
    private int ContextChannels => Network(NetworkNames.ContextSpatial).Layers.FirstOrDefault()?.Outputs ?? 0;
}
