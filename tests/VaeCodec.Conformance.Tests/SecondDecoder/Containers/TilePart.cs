namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Sections 2.6 and 2.6.1: coded bytes with the checksum of what they decode to, of a whole tile, of its colour or of its alpha.</summary>
/// <param name="Checksum">CRC of what the bytes decode to.</param>
/// <param name="CodedBytes">The bytes.</param>
internal sealed record TilePart(uint Checksum, byte[] CodedBytes)
{
    /// <summary>Bytes of alphaLength and alphaChecksum, and the least there are of colour.</summary>
    private const int BesideAlpha = 9;

    /// <summary>All of a tile.</summary>
    public static TilePart Whole(TileSection tile) => new(tile.SymbolChecksum, tile.CodedBytes);

    /// <summary>Alpha, which is null where there is none beside, and colour.</summary>
    public static (TilePart? Alpha, TilePart Colour) Split(Header header, TileSection tile)
    {
        if (header.SampleFile || !header.HasAlpha)
        {
            return (null, Whole(tile));
        }

        ByteReader fields = new(tile.CodedBytes, FailureKind.CorruptSymbols);
        long length = fields.U32();
        uint checksum = fields.U32();
        bool within = length >= 1 && length <= tile.CodedBytes.Length - BesideAlpha;
        DecodingException.Require(within, FailureKind.CorruptSymbols, $"An alphaLength of {length}.");
        return (new TilePart(checksum, fields.Bytes(length)), new TilePart(tile.SymbolChecksum, fields.Rest()));
    }
}
