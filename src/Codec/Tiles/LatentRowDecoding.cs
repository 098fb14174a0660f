using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Parts;

namespace VaeCodec.Tiles;

/// <summary>Decodes tiles to latents.</summary>
/// <param name="workers">What threads code tiles with.</param>
/// <param name="latents">Where the latents go.</param>
/// <param name="part">What is decoded.</param>
/// <param name="samples">Takes the tiles that are coded as samples; null where none can be.</param>
/// <param name="alpha">Takes the alpha of tiles; null where there is none.</param>
/// <param name="allowPartial">Whether damaged symbols are noted in place of thrown.</param>
internal sealed class LatentRowDecoding(TileWorkerPool workers, LatentRows latents, PicturePart part, SampleTiles? samples, SampleTiles? alpha, bool allowPartial)
    : TileRowDecoding(part.Tiles.TileColumns, allowPartial)
{
    /// <inheritdoc/>
    protected override void Decode(TileSection tile)
    {
        VaeImageInfo info = part.Tiles;
        TilePart colour = part.Place(tile);
        TileArea area = TileArea.Of(colour.Column, colour.Row, info.TileSize, info.Picture.Width, info.Picture.Height);
        if (alpha is not null)
        {
            (TilePart alphaPart, colour) = colour.Split();
            if (alpha.Has(colour.Column, colour.Row))
            {
                alpha.Decode(alphaPart);
            }
        }

        if (samples is not null && colour.IsSamples)
        {
            if (samples.Has(colour.Column, colour.Row))
            {
                samples.Decode(colour);
            }

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
