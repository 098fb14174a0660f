namespace VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;

/// <summary>Section 10.3: a chain of layers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layers">Its layers.</param>
internal sealed record NetworkDescription(string Name, LayerDescription[] Layers)
{
    /// <summary>Section 10.4: the networks that are one layer, whose tensors have no index.</summary>
    public bool IsSingle => Name is NetworkNames.AnalysisLinear or NetworkNames.SynthesisLinear or NetworkNames.ContextSpatial;

    /// <summary>Section 10.4: what the names of a layer's tensors start with.</summary>
    public string Prefix(int layer) => IsSingle ? Name : $"{Name}.{layer}";
}
