using System.Buffers.Binary;

namespace VaeCodec.Format;

/// <summary>The fields in front of the coded bytes of a tile (spec/vae-format.md, "Tile").</summary>
/// <param name="Column">Column in tiles.</param>
/// <param name="Row">Row in tiles.</param>
/// <param name="SymbolChecksum">Checksum of the decoded symbols.</param>
internal readonly record struct TileFields(int Column, int Row, uint SymbolChecksum)
{
    public const int Size = 8;

    /// <summary>The smallest payload: the fields and one coded byte.</summary>
    public const int MinPayload = Size + 1;

    /// <summary>The largest payload for the tiles of a picture, 16 bytes for each pixel of its largest tile: no sound coder comes near it, and nothing larger is waited for.</summary>
    public static int MaxPayload(ContainerHeader header)
    {
        static long Padded(int side) => (side + 63L) / 64 * 64;
        return (int)(64 + (16 * Math.Min(header.TileSize, Padded(header.Width)) * Math.Min(header.TileSize, Padded(header.Height))));
    }

    /// <summary>Refuses a tile, by its frame, whose coded bytes there is no room for.</summary>
    /// <exception cref="VaeLimitException">There is none.</exception>
    public static void CheckRoom(SectionFrame frame, long mostCodedBytes)
    {
        long coded = frame.Length - Size;
        if (coded > mostCodedBytes)
        {
            throw new VaeLimitException(
                $"The {frame.Describe()} has {coded} coded bytes, and the memory limit leaves room for {Math.Max(0, mostCodedBytes)} beside what else is held. "
                + "Raise the limit: --max-memory for the tool, VaeLimits.MaxMemoryBytes in code.");
        }
    }

    public static TileFields Read(ReadOnlySpan<byte> payload) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(payload),
        BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]));

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, checked((ushort)Column));
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], checked((ushort)Row));
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], SymbolChecksum);
    }
}
