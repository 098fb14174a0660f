namespace VaeCodec.Tiles;

/// <summary>A way of coding a tile. The values are those of the file (spec/vae-format.md, section 13.1).</summary>
internal enum TileWay : byte
{
    /// <summary>Samples, every one predicted and its residual coded: best for photographs that must be kept exactly.</summary>
    PredictedSamples = 0,

    /// <summary>Samples, of which those that have been seen in like surroundings are offered first: best for text, drawings and screens.</summary>
    RepeatedSamples = 1,

    /// <summary>Latents, which the networks make pixels of.</summary>
    Latents = 2,
}
