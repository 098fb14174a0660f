namespace VaeCodec.Inspection;

/// <summary>What a decode shows of a file at some stage.</summary>
public enum PreviewStage
{
    /// <summary>The hyper-latents alone: the means that they give.</summary>
    HyperLatents,

    /// <summary>And the symbols of the first pass; the means of the others follow from them.</summary>
    FirstPass,

    /// <summary>Everything.</summary>
    Whole,
}
