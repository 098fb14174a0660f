namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.5: the payload of 'I', 'E' and 'X'.</summary>
internal static class PackedMetadata
{
    private const int Stored = 0;
    private const int Lz4 = 1;
    private const int MostRatio = 255;

    public static byte[] Unpack(Section section, Limits limits)
    {
        ByteReader fields = section.Fields();
        int method = fields.U8();
        long unpackedLength = fields.U32();
        byte[] data = fields.Rest();
        DecodingException.Require(method is Stored or Lz4, FailureKind.UnsupportedFeature, $"Packing method {method}.");
        DecodingException.Require(unpackedLength is >= 1 and <= 1L << 30, FailureKind.InvalidField, $"{unpackedLength} bytes of metadata.");
        long most = section.Type == SectionTypes.IccProfile ? Math.Min(limits.IccProfile, limits.Metadata) : limits.Metadata;
        DecodingException.Require(unpackedLength <= most && data.Length <= most, FailureKind.LimitExceeded, $"{unpackedLength} bytes of metadata.");
        if (method == Stored)
        {
            DecodingException.Require(unpackedLength == data.Length, FailureKind.InvalidField, "Stored metadata of another length than announced.");
            return data;
        }

        DecodingException.Require(unpackedLength <= MostRatio * (long)data.Length, FailureKind.InvalidField, "Metadata that no block can unpack to.");
        return Lz4Block.Unpack(data, (int)unpackedLength);
    }
}
