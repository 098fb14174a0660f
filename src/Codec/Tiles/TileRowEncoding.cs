using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Codes the tiles of one row of tiles, each on any thread.</summary>
internal sealed class TileRowEncoding : IParallelWork
{
    private readonly TileWorkerPool _workers;
    private readonly LatentRows _latents;
    private readonly int _quality;
    private readonly WeighedRounding? _rounding;
    private readonly bool _mixed;

    /// <summary>Prepares for a row with so many tiles.</summary>
    /// <param name="workers">What threads code tiles with.</param>
    /// <param name="latents">y.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="rounding">Weighs a symbol's bits against its error; null where each is the nearest.</param>
    /// <param name="mixed">Whether the first coded byte says that a tile is latents.</param>
    /// <param name="columns">Tiles in a row.</param>
    public TileRowEncoding(TileWorkerPool workers, LatentRows latents, int quality, WeighedRounding? rounding, bool mixed, int columns)
    {
        _workers = workers;
        _latents = latents;
        _quality = quality;
        _rounding = rounding;
        _mixed = mixed;
        Areas = new TileArea[columns];
    }

    /// <summary>In: where the tiles lie.</summary>
    public TileArea[] Areas { get; }

    /// <summary>In: the columns of the tiles to code side by side.</summary>
    public List<int> Columns { get; } = [];

    /// <summary>Out: their coded bytes and the checksums of their symbols.</summary>
    public CodedTile[] Coded { get; set; } = [];

    /// <inheritdoc/>
    public void Execute(int item) => Code(Columns[item], null, null);

    /// <summary>Codes a tile.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="refine">Betters its symbols before they are coded; null for nothing.</param>
    /// <param name="judge">Looks at y_hat and at what was coded; null for nobody.</param>
    public void Code(int column, Action<TileLatentCoder, TileArea>? refine, Action<TileLatentCoder, CodedTile>? judge) => _workers.Use(worker =>
    {
        TileArea area = Areas[column];
        TileBuffers buffers = worker.Latents.Buffers;
        _latents.Read(area, buffers.Latents);
        worker.Latents.Quantise(area, _quality, _rounding);
        refine?.Invoke(worker.Latents, area);
        byte[] coded = worker.Entropy.Encode(buffers, area, _quality, _mixed ? [(byte)TileWay.Latents] : []);
        Coded[column] = new CodedTile(coded, TileEntropyCoder.Checksum(buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area)), buffers.Symbols.AsSpan(0, buffers.Count(area))));
        judge?.Invoke(worker.Latents, Coded[column]);
    });
}
