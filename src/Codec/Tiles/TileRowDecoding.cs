using VaeCodec.Format;
using VaeCodec.Models.Cpu.Execution;

namespace VaeCodec.Tiles;

/// <summary>Decodes the tiles of one row of tiles, each on any thread.</summary>
/// <param name="columns">Tiles in a row.</param>
/// <param name="allowPartial">Whether damaged tiles are noted in place of thrown.</param>
internal abstract class TileRowDecoding(int columns, bool allowPartial) : IParallelWork
{
    /// <summary>In: the sections of the tiles, null for a lost one; each is disposed once it is decoded.</summary>
    public TileSection?[] Tiles { get; } = new TileSection?[columns];

    /// <summary>Out: for each tile what is wrong with what it decodes to, or null.</summary>
    public VaeException?[] Problems { get; } = new VaeException?[columns];

    /// <inheritdoc/>
    public void Execute(int item)
    {
        Problems[item] = null;
        if (Tiles[item] is not { } section)
        {
            return;
        }

        using TileSection tile = section;
        try
        {
            Decode(tile);
        }
        catch (VaeException problem) when (allowPartial && problem is VaeFormatException or VaeUnsupportedException)
        {
            Problems[item] = problem;
        }
    }

    /// <summary>Decodes what was received of a tile in which the file ended.</summary>
    /// <param name="tile">The tile; its checksum is unknown.</param>
    /// <returns>Whether anything came of it; otherwise it is made up.</returns>
    public virtual bool TryDecodeCut(TileSection tile) => false;

    /// <summary>Decodes a tile.</summary>
    /// <exception cref="VaeFormatException">It is not what was coded.</exception>
    protected abstract void Decode(TileSection tile);
}
