namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Sections 2.3, 2.3.1 and 2.3.3: frames with their flags, checks and crcs.</summary>
/// <param name="file">The whole file.</param>
/// <param name="reader">Stands behind the preamble.</param>
/// <param name="rules">The minor version of major version 0 whose rules the file follows.</param>
/// <param name="limits">The reader's limits.</param>
internal sealed class SectionReader(byte[] file, ByteReader reader, int rules, Limits limits)
{
    private const int CriticalFlag = 1;
    private const int ReservedFlags = 4 | 8;

    /// <summary>Reads and verifies the next section.</summary>
    /// <param name="header">The file's header; null while the first section is read, which must be it.</param>
    public Section Next(Header? header)
    {
        int offset = reader.Position;
        char type = (char)reader.U8();
        int flags = reader.U8();
        long length = reader.U32();
        ushort check = reader.U16();
        DecodingException.Require(check == Crc32C.Low16(file.AsSpan(offset, 6)), FailureKind.ChecksumMismatch, $"The check of the frame at {offset} is wrong.");
        RequireFlags(type, flags, rules);
        DecodingException.Require(header is not null || type == SectionTypes.Header, FailureKind.InvalidOrder, "The first section is no header.");
        RequireLength(type, length, header);
        byte[] payload = reader.Bytes(length);
        uint crc = reader.U32();
        DecodingException.Require(crc == Crc32C.Of(file.AsSpan(offset, 8 + payload.Length)), FailureKind.ChecksumMismatch, $"The crc of the section at {offset} is wrong.");
        return new Section(type, offset, payload);
    }

    private static void RequireFlags(char type, int flags, int rules)
    {
        bool critical = (flags & CriticalFlag) != 0;
        DecodingException.Require((flags & ReservedFlags) == 0, FailureKind.UnsupportedFeature, "A reserved flag is set.");
        if (SectionTypes.IsCritical(type, rules) is { } expected)
        {
            DecodingException.Require(critical == expected, FailureKind.InvalidField, $"The critical flag of '{type}' is wrong.");
        }
        else
        {
            DecodingException.Require(!critical, FailureKind.UnsupportedFeature, $"A critical section of the unknown type {(int)type:X2}.");
        }
    }

    private void RequireLength(char type, long length, Header? header)
    {
        (long least, long most) = SectionTypes.Bounds(type, rules, header);
        DecodingException.Require(length >= least && length <= most, FailureKind.InvalidField, $"{length} bytes of payload in a section '{type}'.");
        bool limited = SectionTypes.IsCritical(type, rules) is null;
        DecodingException.Require(!limited || length <= limits.Metadata, FailureKind.LimitExceeded, "A section of an unknown type is too long.");
    }
}
