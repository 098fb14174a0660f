namespace VaeCodec.Bundling;

/// <summary>What the probability tables of the latents are made of.</summary>
public enum TableFit
{
    /// <summary>Gaussians only, as the network's own likelihood has them.</summary>
    None,

    /// <summary>Symbols that rounding gives (the encoder's effort 1): for weights that were trained with rounding alone.</summary>
    Rounded,

    /// <summary>Symbols weighed by bits and error (effort 2): for weights that were trained with them. With bootstrap weights, which were not, rounded symbols then take a fifth more.</summary>
    Weighed,
}
