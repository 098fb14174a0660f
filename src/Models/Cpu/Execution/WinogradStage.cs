using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Cpu.Kernels.Winograd;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>
/// A stage that convolves tile by tile. The tiles of a run, numbered through all its rows of tiles, fall into chunks whose
/// transformed inputs fit a cache; where there are too few chunks for the threads, an item is a part of a chunk's output
/// blocks, and the chunk's inputs are transformed by each.
/// </summary>
internal sealed unsafe class WinogradStage(StagePlan plan, WinogradConvolution winograd, RowRing input, RowRing output, RowRing? residual, RentalPool<AlignedBuffer> scratch)
    : NetworkStage(plan, input, output, residual)
{
    private const int Tile = WinogradConvolution.OutputTile;

    private int _tilesAcross;
    private int _tiles;
    private int _chunk;
    private int _parts;

    /// <inheritdoc/>
    public override void Execute(int item)
    {
        int first = item / _parts * _chunk, part = item % _parts;
        int tiles = Math.Min(_chunk, _tiles - first);
        AlignedBuffer buffer = scratch.Rent();
        try
        {
            Compute(buffer.Reserve(winograd.ScratchFloats(tiles)), first, tiles, part);
        }
        finally
        {
            scratch.Return(buffer);
        }
    }

    /// <inheritdoc/>
    protected override int Divide(int threads)
    {
        _tilesAcross = Width / Tile;
        _tiles = Rows / Tile * _tilesAcross;
        _chunk = winograd.ChunkTiles(_tiles, threads);
        int chunks = (_tiles + _chunk - 1) / _chunk;
        _parts = chunks >= threads ? 1 : Math.Min(winograd.Blocks.Length, threads);
        return chunks * _parts;
    }

    private void Compute(float* memory, int first, int tiles, int part)
    {
        float** rows = stackalloc float*[WinogradConvolution.InputTile];
        for (int tile = 0; tile < tiles; tile++)
        {
            (int y, int x) = Position(first + tile);
            for (int i = 0; i < WinogradConvolution.InputTile; i++)
            {
                rows[i] = Input.Row(y - 1 + i) + ((nint)(x - 1) * Input.PixelStride);
            }

            winograd.TransformInput(rows, memory, tile, tiles);
        }

        PackedBlock[] blocks = winograd.Blocks;
        for (int block = blocks.Length * part / _parts; block < blocks.Length * (part + 1) / _parts; block++)
        {
            winograd.Multiply(memory, tiles, in blocks[block]);
            Finish(memory, first, tiles, in blocks[block]);
        }
    }

    private void Finish(float* memory, int first, int tiles, in PackedBlock block)
    {
        float** rows = stackalloc float*[Tile];
        float** residualRows = stackalloc float*[Tile];
        WinogradTile target = new()
        {
            Rows = rows,
            PixelStride = (nint)Plan.Shuffle * Output.PixelStride,
            ResidualRows = Residual == null ? null : residualRows,
            ResidualStride = Residual?.PixelStride ?? 0,
            Slope = Plan.Slope,
        };
        for (int tile = 0; tile < tiles; tile++)
        {
            (int y, int x) = Position(first + tile);
            for (int i = 0; i < Tile; i++)
            {
                rows[i] = Output.Row(((y + i) * Plan.Shuffle) + block.Row) + ((((nint)x * Plan.Shuffle) + block.Column) * Output.PixelStride) + block.ChannelOffset;
                residualRows[i] = Residual == null ? null : Residual.Row(y + i) + ((nint)x * Residual.PixelStride) + block.ChannelOffset;
            }

            winograd.TransformOutput(in target, memory, tile, tiles, in block);
        }
    }

    private (int Y, int X) Position(int tile) => (Done + (tile / _tilesAcross * Tile), tile % _tilesAcross * Tile);
}
