using System.Collections.Concurrent;

namespace VaeCodec.Tiles;

/// <summary>As many workers as threads are coding tiles at a time; made when first needed, kept until disposed.</summary>
internal sealed class TileWorkerPool : IDisposable
{
    private readonly ConcurrentBag<TileWorker> _idle = [];
    private readonly VaeModel _model;
    private readonly TileArea _largest;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="model">The model.</param>
    /// <param name="largest">The first tile of the picture, which is as large as any.</param>
    public TileWorkerPool(VaeModel model, TileArea largest)
    {
        _model = model;
        _largest = largest;
    }

    /// <summary>Takes a worker.</summary>
    public TileWorker Rent() => _idle.TryTake(out TileWorker? worker)
        ? worker
        : new TileWorker(new TileLatentCoder(_model, _largest), new TileEntropyCoder(_model));

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
