using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Lossless;

/// <summary>As many workers as threads are coding tiles at a time, but no more than memory is there for: other threads wait.</summary>
/// <param name="samples">What they code.</param>
/// <param name="most">Most workers.</param>
internal sealed class LosslessWorkerPool(SampleCoding samples, int most) : RentalPool<LosslessWorker>(() => new LosslessWorker(samples), most)
{
    /// <summary>Bytes that so many workers of a picture take; there are never more than tiles in a row.</summary>
    public static long Bytes(PictureDescription picture, int tileSize, int workers)
        => Math.Min(workers, (picture.Width + tileSize - 1) / tileSize) * LosslessWorker.Bytes(picture, tileSize);
}
