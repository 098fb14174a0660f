using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Tiles;

namespace VaeCodec.Lossless;

/// <summary>Codes the tiles of one row of tiles, each on any thread.</summary>
/// <param name="rows">Their samples.</param>
internal sealed class LosslessRowEncoding(LosslessRows rows) : IParallelWork
{
    /// <summary>In: which row.</summary>
    public int Row { get; set; }

    /// <summary>Out: the tiles.</summary>
    public CodedTile[] Coded { get; set; } = [];

    /// <inheritdoc/>
    public void Execute(int item) => rows.Workers.Use(worker => Coded[item] = worker.Encode(rows.Samples(Row).Span, item, rows.Height(Row)));
}
