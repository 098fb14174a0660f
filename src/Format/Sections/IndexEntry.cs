using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>One entry of the index (spec/vae-format.md, "Index").</summary>
/// <param name="Offset">Offset of the tile's frame from the start of the file.</param>
/// <param name="PayloadLength">Length of the tile's payload.</param>
internal readonly record struct IndexEntry(long Offset, uint PayloadLength)
{
    public const int Size = 12;

    /// <summary>The index is written for pictures of more tiles than this.</summary>
    public const int TilesWithoutIndex = 4;

    /// <summary>Offset of what follows the tile.</summary>
    public long End => Offset + SectionFrame.Size + PayloadLength + SectionFrame.CrcSize;

    /// <summary>What an index says of a tile.</summary>
    public static (ulong Offset, uint PayloadLength) Read(ReadOnlySpan<byte> payload, int tile)
    {
        ReadOnlySpan<byte> bytes = payload.Slice(tile * Size, Size);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
    }

    /// <summary>Compares an index with the tiles that were read.</summary>
    public static void Verify(ReadOnlySpan<byte> payload, IReadOnlyList<IndexEntry> tiles, string where)
    {
        for (int i = 0; i < tiles.Count; i++)
        {
            (ulong offset, uint length) = Read(payload, i);
            if (offset != (ulong)tiles[i].Offset || length != tiles[i].PayloadLength)
            {
                throw new VaeFormatException(
                    VaeError.InvalidField,
                    $"The {where} says that tile {i} is at offset {offset} with {length} bytes; it is at {tiles[i].Offset} with {tiles[i].PayloadLength}. "
                    + "The file was edited or joined wrongly.");
            }
        }
    }

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, (ulong)Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], PayloadLength);
    }
}
