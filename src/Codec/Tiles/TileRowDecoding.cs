using VaeCodec.Format;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Decodes the tiles of one row of tiles, each on any thread.</summary>
internal sealed class TileRowDecoding : IParallelWork
{
    private readonly TileWorkerPool _workers;
    private readonly LatentRows _latents;
    private readonly int _quality;

    /// <summary>Prepares for a row with so many tiles.</summary>
    public TileRowDecoding(TileWorkerPool workers, LatentRows latents, int quality, int columns)
    {
        _workers = workers;
        _latents = latents;
        _quality = quality;
        Areas = new TileArea[columns];
        Tiles = new TileSection?[columns];
    }

    /// <summary>In: where the tiles lie.</summary>
    public TileArea[] Areas { get; }

    /// <summary>In: their sections; each is disposed once it is decoded.</summary>
    public TileSection?[] Tiles { get; }

    public void Execute(int item)
    {
        using TileSection tile = Tiles[item]!;
        TileWorker worker = _workers.Rent();
        try
        {
            TileArea area = Areas[item];
            TileBuffers buffers = worker.Latents.Buffers;
            if (!worker.Entropy.TryDecode(tile.CodedBytes.Span, worker.Latents, area, _quality))
            {
                throw Corrupt(tile, "its entropy-coded data do not end as they must");
            }

            uint checksum = TileEntropyCoder.Checksum(buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area)), buffers.Symbols.AsSpan(0, buffers.Count(area)));
            if (checksum != tile.SymbolChecksum)
            {
                throw Corrupt(tile, $"its symbols have the checksum {checksum:X8} where {tile.SymbolChecksum:X8} is stored");
            }

            worker.Latents.Reconstruct(area, _quality);
            _latents.Write(area, buffers.Decoded);
        }
        finally
        {
            _workers.Return(worker);
        }
    }

    private static VaeFormatException Corrupt(TileSection tile, string problem)
        => new(VaeError.CorruptSymbols, $"Tile {tile.Column},{tile.Row} at offset {tile.Offset} is damaged: {problem}. The bytes are those that were written, so the file was made wrongly or altered with its checksums.");
}
