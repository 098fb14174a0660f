using VaeCodec.Format;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Decodes the tiles of one row of tiles, each on any thread.</summary>
internal sealed class TileRowDecoding : IParallelWork
{
    private readonly TileWorkerPool _workers;
    private readonly LatentRows _latents;
    private readonly int _quality;
    private readonly bool _allowPartial;

    /// <summary>Prepares for a row with so many tiles.</summary>
    /// <param name="workers">What threads code tiles with.</param>
    /// <param name="latents">Where the latents go.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="columns">Tiles in a row.</param>
    /// <param name="allowPartial">Whether damaged symbols are noted in place of thrown.</param>
    public TileRowDecoding(TileWorkerPool workers, LatentRows latents, int quality, int columns, bool allowPartial)
    {
        _allowPartial = allowPartial;
        _workers = workers;
        _latents = latents;
        _quality = quality;
        Areas = new TileArea[columns];
        Tiles = new TileSection?[columns];
        Problems = new VaeException?[columns];
    }

    /// <summary>In: where the tiles lie.</summary>
    public TileArea[] Areas { get; }

    /// <summary>In: their sections, null for a lost one; each is disposed once it is decoded.</summary>
    public TileSection?[] Tiles { get; }

    /// <summary>Out: for each tile what is wrong with its symbols, or null.</summary>
    public VaeException?[] Problems { get; }

    public void Execute(int item)
    {
        Problems[item] = null;
        if (Tiles[item] is not { } section)
        {
            return;
        }

        using TileSection tile = section;
        TileWorker worker = _workers.Rent();
        try
        {
            TileArea area = Areas[item];
            worker.DecodeSymbols(tile, area, _quality);
            worker.Latents.Reconstruct(area, _quality);
            _latents.Write(area, worker.Latents.Buffers.Decoded);
        }
        catch (VaeFormatException problem) when (_allowPartial)
        {
            Problems[item] = problem;
        }
        finally
        {
            _workers.Return(worker);
        }
    }
}
