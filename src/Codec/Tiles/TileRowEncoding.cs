using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Refinement;

namespace VaeCodec.Tiles;

/// <summary>Codes the tiles of one row of tiles, each on any thread.</summary>
internal sealed class TileRowEncoding : IParallelWork
{
    private readonly TileWorkerPool _workers;
    private readonly LatentRows _latents;
    private readonly int _quality;
    private readonly bool _weigh;

    /// <summary>Prepares for a row with so many tiles.</summary>
    public TileRowEncoding(TileWorkerPool workers, LatentRows latents, int quality, bool weigh, int columns)
    {
        _workers = workers;
        _latents = latents;
        _quality = quality;
        _weigh = weigh;
        Areas = new TileArea[columns];
    }

    /// <summary>In: where the tiles lie.</summary>
    public TileArea[] Areas { get; }

    /// <summary>Out: their coded bytes and the checksums of their symbols.</summary>
    public CodedTile[] Coded { get; set; } = [];

    /// <inheritdoc/>
    public void Execute(int item) => Code(item, null);

    /// <summary>Codes a tile after a search for better symbols.</summary>
    /// <param name="item">Which.</param>
    /// <param name="refinement">What searches.</param>
    /// <param name="original">The picture, at the tile and around it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public void Code(int item, TileRefinement refinement, PixelRows original, CancellationToken cancellationToken)
        => Code(item, (worker, area) => refinement.Refine(worker.Latents, area, _latents, original, cancellationToken));

    private void Code(int item, Action<TileWorker, TileArea>? refine)
    {
        TileWorker worker = _workers.Rent();
        try
        {
            TileArea area = Areas[item];
            TileBuffers buffers = worker.Latents.Buffers;
            _latents.Read(area, buffers.Latents);
            worker.Latents.Quantise(area, _quality, _weigh);
            refine?.Invoke(worker, area);
            byte[] coded = worker.Entropy.Encode(buffers, area, _quality);
            Coded[item] = new CodedTile(coded, TileEntropyCoder.Checksum(buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area)), buffers.Symbols.AsSpan(0, buffers.Count(area))));
        }
        finally
        {
            _workers.Return(worker);
        }
    }
}
