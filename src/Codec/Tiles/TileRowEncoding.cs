using VaeCodec.Models.Cpu.Execution;

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

    public void Execute(int item)
    {
        TileWorker worker = _workers.Rent();
        try
        {
            TileArea area = Areas[item];
            TileBuffers buffers = worker.Latents.Buffers;
            _latents.Read(area, buffers.Latents);
            worker.Latents.Quantise(area, _quality, _weigh);
            byte[] coded = worker.Entropy.Encode(buffers, area, _quality);
            Coded[item] = new CodedTile(coded, TileEntropyCoder.Checksum(buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area)), buffers.Symbols.AsSpan(0, buffers.Count(area))));
        }
        finally
        {
            _workers.Return(worker);
        }
    }
}
