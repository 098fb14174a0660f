using VaeCodec.Format;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Decodes the symbols of some tiles, each on any thread, and nothing beyond them.</summary>
/// <param name="workers">What threads code tiles with.</param>
/// <param name="info">What the file says of itself.</param>
internal sealed class TileVerification(TileWorkerPool workers, VaeImageInfo info) : IParallelWork
{
    /// <summary>In: the tiles; each is disposed once it is checked.</summary>
    public List<TileSection> Tiles { get; } = [];

    /// <summary>Out: for each tile what is wrong with it, or null.</summary>
    public List<VaeFormatException?> Problems { get; } = [];

    public void Execute(int item)
    {
        using TileSection tile = Tiles[item];
        TileWorker worker = workers.Rent();
        try
        {
            TileArea area = TileArea.Of(tile.Column, tile.Row, info.TileSize, info.Picture.Width, info.Picture.Height);
            worker.DecodeSymbols(tile, area, info.Quality);
        }
        catch (VaeFormatException exception)
        {
            Problems[item] = exception;
        }
        finally
        {
            workers.Return(worker);
        }
    }
}
