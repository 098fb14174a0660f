using VaeCodec.Format;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Checks some tiles, each on any thread.</summary>
/// <param name="check">Decodes a tile as far as is needed to hold it against its checksum, and throws a <see cref="VaeFormatException"/> where it is not what was coded.</param>
internal sealed class TileVerification(Action<TileSection> check) : IParallelWork
{
    /// <summary>In: the tiles; each is disposed once it is checked.</summary>
    public List<TileSection> Tiles { get; } = [];

    /// <summary>Out: for each tile what is wrong with it, or null.</summary>
    public List<VaeException?> Problems { get; } = [];

    public void Execute(int item)
    {
        using TileSection tile = Tiles[item];
        try
        {
            check(tile);
        }
        catch (VaeException exception)
        {
            Problems[item] = exception;
        }
    }
}
