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
/// <param name="options">Whether damaged symbols are noted in place of thrown, and which are used.</param>
internal sealed class LatentRowDecoding(TileWorkerPool workers, LatentRows latents, PicturePart part, SampleTiles? samples, SampleTiles? alpha, VaeDecoderOptions options)
    : TileRowDecoding(part.Tiles.TileColumns, options.AllowPartial)
{
    /// <summary>Symbols stand in the order in which they refine the tile: first z, whose means stand for what did not come.</summary>
    /// <inheritdoc/>
    public override bool TryDecodeCut(TileSection tile)
    {
        TilePart colour = part.Place(tile);
        if (alpha is not null)
        {
            if (!colour.TrySplit(out TilePart alphaPart, out colour))
            {
                return false;
            }

            // All of it came: it stands first.
            if (part.Shows(colour.Column, colour.Row))
            {
                alpha.TryAdd(alphaPart);
            }
        }

        return TryDecodeLatents(colour, (worker, area) => worker.TryDecodeCut(colour, area, part.Tiles.Quality, samples is not null));
    }

    /// <inheritdoc/>
    protected override void Decode(TileSection tile)
    {
        TilePart colour = part.Place(tile);
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

            latents.Clear(Area(colour));
            return;
        }

        TryDecodeLatents(colour, (worker, area) =>
        {
            worker.DecodeSymbols(colour, area, part.Tiles.Quality, samples is not null);
            return true;
        });
    }

    /// <summary>Decodes the symbols of a tile, and makes y_hat of them where there are some.</summary>
    private bool TryDecodeLatents(TilePart tile, Func<TileWorker, TileArea, bool> tryDecodeSymbols)
    {
        bool decoded = false;
        workers.Use(worker =>
        {
            TileArea area = Area(tile);
            decoded = tryDecodeSymbols(worker, area);
            if (decoded)
            {
                worker.Latents.Keep(area, options.Kept);
                worker.Latents.Reconstruct(area, part.Tiles.Quality);
                latents.Write(area, worker.Latents.Buffers.Decoded);
            }
        });
        return decoded;
    }

    private TileArea Area(TilePart tile) => TileArea.Of(tile.Column, tile.Row, part.Tiles.TileSize, part.Tiles.Picture.Width, part.Tiles.Picture.Height);
}
