using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Lossless;

/// <summary>As many workers as threads are coding tiles at a time.</summary>
/// <param name="samples">What they code.</param>
internal sealed class LosslessWorkerPool(SampleCoding samples) : RentalPool<LosslessWorker>(() => new LosslessWorker(samples))
{
    /// <summary>Bytes that the workers of a picture take: one for each thread, but no more than there are tiles in a row.</summary>
    public static long Bytes(PictureDescription picture, int tileSize, int threads)
        => Math.Min(threads, (picture.Width + tileSize - 1) / tileSize) * LosslessWorker.Bytes(picture, tileSize);
}
