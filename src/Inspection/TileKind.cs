namespace VaeCodec.Inspection;

/// <summary>How the colour of a tile is coded.</summary>
public enum TileKind
{
    /// <summary>As latents, through the networks.</summary>
    Latents,

    /// <summary>As samples, predicted.</summary>
    Samples,

    /// <summary>As samples, repeated pixels first.</summary>
    RepeatedSamples,
}
