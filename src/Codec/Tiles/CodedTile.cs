using VaeCodec.Format;

namespace VaeCodec.Tiles;

/// <summary>A tile as it goes into the file.</summary>
/// <param name="Bytes">Its coded bytes.</param>
/// <param name="Checksum">The checksum of what they decode to.</param>
internal readonly record struct CodedTile(ReadOnlyMemory<byte> Bytes, uint Checksum)
{
    /// <summary>What is wrong with a tile whose first coded byte is no way that its file may use.</summary>
    public static VaeUnsupportedException UnknownWay(TileSection tile) => new(
        VaeError.UnsupportedFeature,
        $"Tile {tile.Column},{tile.Row} at offset {tile.Offset} is coded in way {tile.CodedBytes.Span[0]}, which this version does not know in such a file. Use a newer VaeCodec.");
}
