using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Models.Tests.Support;

/// <summary>Counts how often each item is done; fails at one of them if asked to.</summary>
internal sealed class CountingWork(int items, int failing = -1) : IParallelWork
{
    public int[] Done { get; } = new int[items];

    public void Execute(int item)
    {
        Interlocked.Increment(ref Done[item]);
        if (item == failing)
        {
            throw new InvalidTimeZoneException("item");
        }
    }
}
