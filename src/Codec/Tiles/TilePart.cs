using System.Buffers.Binary;
using VaeCodec.Format;

namespace VaeCodec.Tiles;

/// <summary>What of a tile is decoded by itself: all of it, or in files with networks and alpha its colour or its alpha (spec/vae-format.md, section 2.6.1).</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Column">Its column among those that are decoded.</param>
/// <param name="Row">Its row among them.</param>
/// <param name="Bytes">The part's coded bytes, at least one.</param>
/// <param name="Checksum">The checksum of what they decode to.</param>
internal readonly record struct TilePart(TileSection Tile, int Column, int Row, ReadOnlyMemory<byte> Bytes, uint Checksum)
{
    /// <summary>Bytes in front of alpha's coded bytes: their number and their checksum.</summary>
    public const int AlphaHead = 8;

    /// <summary>The way of coding that the first byte says.</summary>
    public TileWay Way => (TileWay)Bytes.Span[0];

    /// <summary>Whether the part, of a file whose tiles choose, is coded as samples.</summary>
    public bool IsSamples => Way < TileWay.Latents;

    /// <summary>All of a tile, where all tiles of its file are decoded.</summary>
    public static TilePart Whole(TileSection tile) => new(tile, tile.Column, tile.Row, tile.CodedBytes, tile.SymbolChecksum);

    /// <summary>Takes a tile with alpha apart.</summary>
    /// <param name="alpha">Its alpha.</param>
    /// <param name="colour">Its colour.</param>
    /// <returns>Whether the number of alpha's bytes leaves some for each.</returns>
    public bool TrySplit(out TilePart alpha, out TilePart colour)
    {
        (alpha, colour) = (default, default);
        ReadOnlyMemory<byte> bytes = Bytes;
        if (bytes.Length < AlphaHead + 2)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span);
        if (length < 1 || length > bytes.Length - AlphaHead - 1)
        {
            return false;
        }

        int end = AlphaHead + (int)length;
        alpha = this with { Bytes = bytes[AlphaHead..end], Checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[4..]) };
        colour = this with { Bytes = bytes[end..] };
        return true;
    }

    /// <summary>Takes a tile with alpha apart.</summary>
    /// <exception cref="VaeFormatException">The number of alpha's bytes does not leave some for each.</exception>
    public (TilePart Alpha, TilePart Colour) Split() => TrySplit(out TilePart alpha, out TilePart colour)
        ? (alpha, colour)
        : throw Corrupt("the stated number of alpha's bytes does not leave some for both alpha and colour");

    /// <summary>Puts alpha before the colour of a tile.</summary>
    public static CodedTile Join(CodedTile alpha, CodedTile colour)
    {
        byte[] bytes = new byte[checked(AlphaHead + alpha.Bytes.Length + colour.Bytes.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)alpha.Bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), alpha.Checksum);
        alpha.Bytes.CopyTo(bytes.AsMemory(AlphaHead));
        colour.Bytes.CopyTo(bytes.AsMemory(AlphaHead + alpha.Bytes.Length));
        return new CodedTile(bytes, colour.Checksum);
    }

    /// <summary>What is wrong with a part whose first byte is no way that its file may use.</summary>
    public VaeUnsupportedException UnknownWay() => new(
        VaeError.UnsupportedFeature,
        $"Tile {Tile.Column},{Tile.Row} at offset {Tile.Offset} is coded in way {(byte)Way}, which this version does not know in such a file. Use a newer VaeCodec.");

    /// <summary>What is wrong with a part that is not what was coded.</summary>
    /// <param name="problem">How that shows.</param>
    public VaeFormatException Corrupt(string problem)
        => new(VaeError.CorruptSymbols, $"Tile {Tile.Column},{Tile.Row} at offset {Tile.Offset} is damaged: {problem}. The bytes are those that were written, so the file was made wrongly or altered with its checksums.");
}
