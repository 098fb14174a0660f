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
