using VaeCodec.Format;
using VaeCodec.Lossless;

namespace VaeCodec.Tiles;

/// <summary>Decodes tiles to latents.</summary>
/// <param name="workers">What threads code tiles with.</param>
/// <param name="latents">Where the latents go.</param>
/// <param name="info">What the file says of itself.</param>
/// <param name="samples">Takes the tiles that are coded as samples; null where none can be.</param>
/// <param name="allowPartial">Whether damaged symbols are noted in place of thrown.</param>
internal sealed class LatentRowDecoding(TileWorkerPool workers, LatentRows latents, VaeImageInfo info, SampleTiles? samples, bool allowPartial) : TileRowDecoding(info.TileColumns, allowPartial)
{
    /// <inheritdoc/>
    protected override void Decode(TileSection tile)
    {
        TileArea area = TileArea.Of(tile.Column, tile.Row, info.TileSize, info.Picture.Width, info.Picture.Height);
        if (samples is not null && SampleTiles.Holds(tile))
        {
            samples.Decode(tile);
            latents.Clear(area);
            return;
        }

        TileWorker worker = workers.Rent();
        try
        {
            worker.DecodeSymbols(tile, area, info.Quality, samples is not null);
            worker.Latents.Reconstruct(area, info.Quality);
            latents.Write(area, worker.Latents.Buffers.Decoded);
        }
        finally
        {
            workers.Return(worker);
        }
    }
}
