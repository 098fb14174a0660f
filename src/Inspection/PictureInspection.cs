namespace VaeCodec.Inspection;

/// <summary>What is in a .vae file.</summary>
/// <param name="Info">What the file says of itself.</param>
/// <param name="FileBytes">Its bytes.</param>
/// <param name="Sections">What its sections take, the preamble among them.</param>
/// <param name="Tiles">Its tiles, in raster order.</param>
/// <param name="Model">The model that it names; null where no network is needed.</param>
/// <param name="Latents">Its latents; null like the model.</param>
public sealed record PictureInspection(VaeImageInfo Info, long FileBytes, IReadOnlyList<SectionShare> Sections, IReadOnlyList<TileInspection> Tiles, VaeModel? Model, LatentInspection? Latents)
{
    /// <summary>Share of the latents' symbols that are zero, 0 to 1; null where there are none.</summary>
    public double? Sparsity => Tiles.Sum(tile => tile.Symbols) is var symbols and > 0 ? 1 - ((double)Tiles.Sum(tile => tile.NonZeros) / symbols) : null;
}
