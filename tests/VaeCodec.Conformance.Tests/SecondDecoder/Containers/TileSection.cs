namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.6: a tile as it lies in the file.</summary>
/// <param name="Column">Column, 0 at the left.</param>
/// <param name="Row">Row, 0 at the top.</param>
/// <param name="SymbolChecksum">CRC of what it decodes to.</param>
/// <param name="CodedBytes">Its coded bytes.</param>
/// <param name="Offset">Where its section starts in the file.</param>
/// <param name="PayloadLength">Length of its section's payload.</param>
internal sealed record TileSection(int Column, int Row, uint SymbolChecksum, byte[] CodedBytes, long Offset, int PayloadLength)
{
    public static TileSection Parse(Section section)
    {
        ByteReader fields = section.Fields();
        int column = fields.U16();
        int row = fields.U16();
        uint checksum = fields.U32();
        return new TileSection(column, row, checksum, fields.Rest(), section.Offset, section.Payload.Length);
    }
}
