using VaeCodec.Format;
using VaeCodec.Lossless;

namespace VaeCodec.Tiles;

/// <summary>Decodes tiles to latents.</summary>
/// <param name="workers">What threads code tiles with.</param>
/// <param name="latents">Where the latents go.</param>
/// <param name="info">What the file says of itself.</param>
/// <param name="samples">Takes the tiles that are coded as samples; null where none can be.</param>
/// <param name="alpha">Takes the alpha of tiles; null where there is none.</param>
/// <param name="allowPartial">Whether damaged symbols are noted in place of thrown.</param>
internal sealed class LatentRowDecoding(TileWorkerPool workers, LatentRows latents, VaeImageInfo info, SampleTiles? samples, SampleTiles? alpha, bool allowPartial)
    : TileRowDecoding(info.TileColumns, allowPartial)
{
    /// <inheritdoc/>
    protected override void Decode(TileSection tile)
    {
        TileArea area = TileArea.Of(tile.Column, tile.Row, info.TileSize, info.Picture.Width, info.Picture.Height);
        (TilePart alphaPart, TilePart colour) = alpha is null ? (default, TilePart.Whole(tile)) : TilePart.Split(tile);
        alpha?.Decode(alphaPart);

        if (samples is not null && colour.IsSamples)
        {
            samples.Decode(colour);
            latents.Clear(area);
            return;
        }

        workers.Use(worker =>
        {
            worker.DecodeSymbols(colour, area, info.Quality, samples is not null);
            worker.Latents.Reconstruct(area, info.Quality);
            latents.Write(area, worker.Latents.Buffers.Decoded);
        });
    }
}
