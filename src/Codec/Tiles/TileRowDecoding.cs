using VaeCodec.Format;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Decodes the tiles of one row of tiles, each on any thread.</summary>
internal sealed class TileRowDecoding : IParallelWork
{
    private readonly TileWorkerPool _workers;
    private readonly LatentRows _latents;
    private readonly int _quality;

    /// <summary>Prepares for a row with so many tiles.</summary>
    public TileRowDecoding(TileWorkerPool workers, LatentRows latents, int quality, int columns)
    {
        _workers = workers;
        _latents = latents;
        _quality = quality;
        Areas = new TileArea[columns];
        Tiles = new TileSection?[columns];
    }

    /// <summary>In: where the tiles lie.</summary>
    public TileArea[] Areas { get; }

    /// <summary>In: their sections; each is disposed once it is decoded.</summary>
    public TileSection?[] Tiles { get; }

    public void Execute(int item)
    {
        using TileSection tile = Tiles[item]!;
        TileWorker worker = _workers.Rent();
        try
        {
            TileArea area = Areas[item];
            worker.DecodeSymbols(tile, area, _quality);
            worker.Latents.Reconstruct(area, _quality);
            _latents.Write(area, worker.Latents.Buffers.Decoded);
        }
        finally
        {
            _workers.Return(worker);
        }
    }
}
