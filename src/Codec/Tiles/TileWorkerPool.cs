using System.Collections.Concurrent;

namespace VaeCodec.Tiles;

/// <summary>As many workers as threads are coding tiles at a time; made when first needed, kept until disposed.</summary>
internal sealed class TileWorkerPool : IDisposable
{
    private readonly ConcurrentBag<TileWorker> _idle = [];
    private readonly VaeModel _model;
    private readonly int _side;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="model">The model.</param>
    /// <param name="side">Latents along the side of a full tile.</param>
    public TileWorkerPool(VaeModel model, int side)
    {
        _model = model;
        _side = side;
    }

    /// <summary>Takes a worker.</summary>
    public TileWorker Rent() => _idle.TryTake(out TileWorker? worker)
        ? worker
        : new TileWorker(new TileLatentCoder(_model, _side), new TileEntropyCoder(_model));

    /// <summary>Gives a worker back.</summary>
    public void Return(TileWorker worker) => _idle.Add(worker);

    public void Dispose()
    {
        while (_idle.TryTake(out TileWorker? worker))
        {
            worker.Dispose();
        }
    }
}
