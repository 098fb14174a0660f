using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Lossless;

/// <summary>As many workers as threads are coding tiles at a time.</summary>
/// <param name="picture">The picture.</param>
/// <param name="tileSize">Side of a tile in pixels.</param>
/// <param name="mixed">Whether tiles choose their way of coding.</param>
internal sealed class LosslessWorkerPool(PictureDescription picture, int tileSize, bool mixed)
    : RentalPool<LosslessWorker>(() => new LosslessWorker(picture, tileSize, mixed))
{
    /// <summary>Bytes that the workers of a picture take: one for each thread, but no more than there are tiles in a row.</summary>
    public static long Bytes(PictureDescription picture, int tileSize, int threads)
        => Math.Min(threads, (picture.Width + tileSize - 1) / tileSize) * LosslessWorker.Bytes(picture.Width, tileSize);
}
