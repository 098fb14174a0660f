using VaeCodec.Lossless;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tests.Lossless;

public class LosslessWorkerPoolTests
{
    [Fact]
    public void NoMoreWorkAtATime_ThanMemoryIsThereFor()
    {
        using LosslessWorkerPool pool = new(new SampleCoding(new PictureDescription(64, 64, PixelLayout.Gray8), 256, true), 2);
        using WorkerTeam team = new(6);
        using Counter counter = new(pool);
        team.Run(40, counter);
        Assert.Equal(40, counter.Done);
        Assert.InRange(counter.Most, 1, 2);
        Assert.InRange(counter.Workers.Count, 1, 2);
    }

    [Fact]
    public void ARowOfTilesThatNoArrayHolds_IsALimit()
    {
        VaeLimits limits = new() { MaxMemoryBytes = long.MaxValue };
        Assert.Throws<VaeLimitException>(() => CodecMemory.PlanLossless(new PictureDescription(65536, 4096, PixelLayout.Rgba64), 4096, 4, limits));
        Assert.Equal(4, CodecMemory.PlanLossless(new PictureDescription(65536, 4096, PixelLayout.Rgba64), 1024, 4, limits).Threads);
    }

    private sealed class Counter(LosslessWorkerPool pool) : IParallelWork, IDisposable
    {
        private readonly SemaphoreSlim _lock = new(1);
        private int _now;

        public HashSet<LosslessWorker> Workers { get; } = [];

        public int Done { get; private set; }

        public int Most { get; private set; }

        public void Execute(int item) => pool.Use(worker =>
        {
            int now = Interlocked.Increment(ref _now);
            _lock.Wait();
            Workers.Add(worker);
            (Done, Most) = (Done + 1, Math.Max(Most, now));
            _lock.Release();
            Thread.Sleep(1);
            Interlocked.Decrement(ref _now);
        });

        public void Dispose() => _lock.Dispose();
    }
}
