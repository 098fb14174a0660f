namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Work that falls into independent items.</summary>
internal interface IParallelWork
{
    /// <summary>Does one item. Called on any thread of the team, each item once.</summary>
    /// <param name="item">Index of the item.</param>
    void Execute(int item);
}
