using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>As many workers as threads are coding tiles at a time.</summary>
/// <param name="model">The model.</param>
/// <param name="largest">The first tile of the picture, which is as large as any.</param>
internal sealed class TileWorkerPool(VaeModel model, TileArea largest)
    : RentalPool<TileWorker>(() => new TileWorker(new TileLatentCoder(model, largest), new TileEntropyCoder(model)));
