using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Tests.Support;

namespace VaeCodec.Models.Tests.Cpu;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void EveryItem_IsDoneOnce(int threads)
    {
        using WorkerTeam team = new(threads);
        Assert.Equal(threads, team.Threads);
        for (int items = 0; items < 300; items++)
        {
            CountingWork work = new(items);
            team.Run(items, work);
            Assert.All(work.Done, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void AnExceptionFromAnItem_IsThrownByRun_AndTheTeamWorksOn(int threads)
    {
        using WorkerTeam team = new(threads);
        for (int round = 0; round < 50; round++)
        {
            CountingWork failing = new(40, round % 40);
            Assert.Throws<InvalidTimeZoneException>(() => team.Run(40, failing));
            Assert.All(failing.Done, count => Assert.InRange(count, 0, 1));
            CountingWork sound = new(40);
            team.Run(40, sound);
            Assert.All(sound.Done, count => Assert.Equal(1, count));
        }
    }

    /// <summary>A file with two damaged tiles must be refused for the same one on every machine: here the first to fail in time is never the first in order.</summary>
    [Fact]
    public void OfSeveralExceptions_TheFirstInOrderIsThrown()
    {
        using WorkerTeam team = new(4);
        for (int round = 0; round < 20; round++)
        {
            using CountdownEvent begun = new(3);
            Assert.Equal("1", Assert.Throws<InvalidTimeZoneException>(() => team.Run(4, new LateWork(begun))).Message);
        }
    }

    /// <summary>Three items that fail once all three have begun, the last of them first.</summary>
    private sealed class LateWork(CountdownEvent begun) : IParallelWork
    {
        private readonly ManualResetEventSlim[] _failed = [new(), new(), new(), new()];

        public void Execute(int item)
        {
            if (item == 0)
            {
                return;
            }

            begun.Signal();
            begun.Wait(TimeSpan.FromSeconds(60));
            if (item < 3)
            {
                _failed[item + 1].Wait(TimeSpan.FromSeconds(60));
                Thread.Sleep(1);
            }

            _failed[item].Set();
            throw new InvalidTimeZoneException($"{item}");
        }
    }

    /// <summary>As tiles of samples do, where the last of a row is all that is left: the caller sleeps until then.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void ACallerThatSleeps_WakesUp(int threads)
    {
        using WorkerTeam team = new(threads);
        for (int round = 0; round < 40; round++)
        {
            SlowWork work = new(threads);
            team.Run(threads, work);
            Assert.Equal(threads, work.Done);
        }
    }

    /// <summary>Items that take 0 to some milliseconds, each thread one.</summary>
    private sealed class SlowWork(int threads) : IParallelWork
    {
        private readonly Barrier _barrier = new(threads);
        private int _done;

        public int Done => _done;

        public void Execute(int item)
        {
            _barrier.SignalAndWait(TimeSpan.FromSeconds(60));
            Thread.Sleep(item * 3 % 8);
            Interlocked.Increment(ref _done);
        }
    }

    [Fact]
    public void SleepingWorkers_WakeUp()
    {
        using WorkerTeam team = new(3);
        for (int round = 0; round < 5; round++)
        {
            Thread.Sleep(20);
            CountingWork work = new(10);
            team.Run(10, work);
            Assert.All(work.Done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void ThreadCounts_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(-1));
        using WorkerTeam team = new(0);
        Assert.Equal(Environment.ProcessorCount, team.Threads);
    }
}
