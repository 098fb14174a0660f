using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Rejection;
using VaeCodec.Conformance.Tests.Streams;

namespace VaeCodec.Conformance.Tests.MustReject;

/// <summary>The files of spec/vectors/reject, each made from a vector by one change.</summary>
internal static class RejectCatalogue
{
    private const string LaterMinor = "v1-minor-1";
    private const string Square = "square-64x64", Tiles = "tiles-five-1290x16", Metadata = "metadata", Digest = "digest-1x1", Deep = "deep-1x1", Alpha = "lossy-alpha-quality-200x150";

    /// <summary>Offset of the coded bytes in a tile's payload.</summary>
    private const int Coded = 8;

    public static IReadOnlyList<RejectedFile> All { get; } =
    [
        .. Foreign(), .. Cut(), .. Flipped(), .. Versions(), .. Order(), .. Header(), .. Limits(), .. MetadataAndTail(), .. Symbols(), .. Samples(),
    ];

    private static IEnumerable<RejectedFile> Foreign() =>
    [
        new("empty", VaeError.Truncated, "no byte at all", () => []),
        new("png", VaeError.BadSignature, "the signature of a PNG file", () => [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[25]]),
        new("eighth-bits-lost", VaeError.BadSignature, "sent through something that clears the highest bit", () => [.. Bytes(Square).Select(value => (byte)(value & 0x7F))]),
        new("line-ends-converted", VaeError.BadSignature, "sent as text: CR LF became LF", () => [.. Bytes(Square)[..4], .. Bytes(Square)[5..]]),
        new("signature-alone", VaeError.Truncated, "ends behind the signature", () => Bytes(Square)[..8]),
    ];

    private static IEnumerable<RejectedFile> Cut() =>
    [
        new("cut-in-the-header", VaeError.Truncated, "ends within the header", () => Bytes(Square)[..40]),
        new("cut-behind-the-header", VaeError.Truncated, "ends where the first tile should begin", () => Bytes(Square)[..Boundary(Square, 1)]),
        new("cut-in-a-tile", VaeError.Truncated, "ends within a tile", () => Bytes(Square)[..(Boundary(Square, 1) + 30)]),
        new("cut-between-tiles", VaeError.Truncated, "ends between two tiles", () => Bytes(Tiles)[..Boundary(Tiles, 3)]),
        new("cut-before-the-end", VaeError.Truncated, "has all tiles and no end section", () => Bytes(Square)[..Boundary(Square, 2)]),
        new("cut-in-the-last-checksum", VaeError.Truncated, "lacks its last byte", () => Bytes(Square)[..^1]),
        new("byte-behind-the-end", VaeError.TrailingData, "a byte behind the end section", () => [.. Bytes(Square), 0]),
        new("two-files", VaeError.TrailingData, "two files, one behind the other", () => [.. Bytes(Square), .. Bytes(Square)]),
    ];

    private static IEnumerable<RejectedFile> Flipped() =>
    [
        new("bit-of-the-preamble", VaeError.ChecksumMismatch, "a bit of the minor version flipped", () => Flip(Bytes(Square), 9, 3)),
        new("bit-of-the-header", VaeError.ChecksumMismatch, "a bit of the width flipped", () => Flip(Bytes(Square), 20, 0)),
        new("bit-of-a-frame", VaeError.ChecksumMismatch, "a bit of a tile's stated length flipped", () => Flip(Bytes(Square), Boundary(Square, 1) + 2, 5)),
        new("bit-of-a-tile", VaeError.ChecksumMismatch, "a bit of a tile's coded bytes flipped", () => Flip(Bytes(Square), Boundary(Square, 1) + 40, 2)),
        new("bit-of-a-checksum", VaeError.ChecksumMismatch, "a bit of a section's crc flipped", () => Flip(Bytes(Square), Boundary(Square, 2) - 1, 7)),
        new("bit-of-the-index", VaeError.ChecksumMismatch, "a bit of the index flipped", () => Flip(Bytes(Tiles), Boundary(Tiles, 6) + 12, 1)),
        new("bit-of-the-end", VaeError.ChecksumMismatch, "a bit of the end section flipped", () => Flip(Bytes(Square), Bytes(Square).Length - 6, 1)),
    ];

    private static IEnumerable<RejectedFile> Versions() =>
    [
        Edited("newer-major-version", VaeError.UnsupportedVersion, "a major version to come", Square, stream => stream.Major = 2),
        Edited("newest-major-version", VaeError.UnsupportedVersion, "major version 255", Square, stream => stream.Major = 255),
        Edited("version-0-0", VaeError.UnsupportedVersion, "a version that never was", Square, stream => stream.Minor = 0),
        Edited("version-0-5", VaeError.UnsupportedVersion, "a minor version of 0 behind the last one", Square, stream => stream.Minor = 5),
        Edited("later-minor-with-a-critical-section", VaeError.UnsupportedFeature, "version 1.1 with a section of unknown type that must be understood", LaterMinor, stream => stream.Sections.Insert(1, new StreamSection((byte)'q', 1, []))),
        Edited("later-minor-with-a-required-flag", VaeError.UnsupportedFeature, "version 1.1 with a feature that must be understood", LaterMinor, stream => stream.Header[12] |= 4),
        Edited("later-minor-with-a-longer-header", VaeError.InvalidField, "version 1.1 with a byte behind the header's last field: the length of the name is wrong then", LaterMinor, stream => stream.Section('H').Payload = [.. stream.Header, 0]),
        Edited("unknown-critical-section", VaeError.UnsupportedFeature, "a section of unknown type that must be understood", Square, stream => stream.Sections.Insert(1, new StreamSection((byte)'q', 1, [1, 2, 3]))),
        Edited("reserved-flag", VaeError.UnsupportedFeature, "a reserved flag of a tile set", Square, stream => stream.Section('T').Flags |= 4),
        Edited("tile-not-critical", VaeError.InvalidField, "a tile marked as one that may be skipped", Square, stream => stream.Section('T').Flags = 0),
        Edited("index-critical", VaeError.InvalidField, "an index marked as critical", Tiles, stream => stream.Section('N').Flags |= 1),
    ];

    private static IEnumerable<RejectedFile> Order() =>
    [
        Edited("no-header", VaeError.InvalidOrder, "begins with a tile", Square, stream => stream.Sections.RemoveAt(0)),
        Edited("two-headers", VaeError.InvalidOrder, "two headers", Square, stream => stream.Sections.Insert(1, stream.Sections[0])),
        Edited("no-tile", VaeError.InvalidOrder, "no tile", Square, stream => stream.Sections.RemoveAt(1)),
        Edited("tile-twice", VaeError.InvalidOrder, "a tile twice", Square, stream => stream.Sections.Insert(1, stream.Sections[1])),
        Edited("tiles-swapped", VaeError.InvalidOrder, "two tiles in the wrong order", Tiles, stream => stream.Sections.Reverse(2, 2)),
        Edited("tile-of-another-place", VaeError.InvalidOrder, "a tile that says it is another", Tiles, stream => stream.Sections[3].Payload[0] ^= 1),
        Edited("tile-missing", VaeError.InvalidOrder, "the last tile missing", Tiles, stream => stream.Sections.RemoveAt(5)),
        Edited("metadata-behind-a-tile", VaeError.InvalidOrder, "XMP behind the tile", Metadata, stream => stream.Sections.Reverse(stream.Sections.FindIndex(section => section.Type == 'T') - 1, 2)),
        Edited("two-profiles", VaeError.InvalidOrder, "two ICC profiles", Metadata, stream => stream.Sections.Insert(1, stream.Section('I'))),
        Edited("end-twice", VaeError.TrailingData, "two end sections", Square, stream => stream.Sections.Add(stream.Section('Z'))),
    ];

    private static IEnumerable<RejectedFile> Header() =>
    [
        Edited("width-of-zero", VaeError.InvalidField, "a picture without columns", Square, stream => stream.Header.AsSpan(0, 4).Clear()),
        Edited("unknown-layout", VaeError.UnsupportedFeature, "a layout that version 0.1 does not have", Square, stream => stream.Header[8] = 2),
        Edited("unknown-depth", VaeError.UnsupportedFeature, "samples of 16 bits in version 0.1", Square, stream => stream.Header[9] = 16),
        Edited("quality-of-zero", VaeError.InvalidField, "quality 0", Square, stream => stream.Header[10] = 0),
        Edited("quality-of-101", VaeError.InvalidField, "quality 101", Square, stream => stream.Header[10] = 101),
        Edited("tiles-too-small", VaeError.InvalidField, "tiles of 192 pixels", Square, stream => stream.Header[11] = 3),
        Edited("tiles-too-large", VaeError.InvalidField, "tiles of 4160 pixels", Square, stream => stream.Header[11] = 65),
        Edited("unknown-required-flag", VaeError.UnsupportedFeature, "a feature of the header that must be understood", Square, stream => stream.Header[12] = 128),
        Edited("name-without-letters", VaeError.InvalidField, "a model without a name", Square, stream => stream.Header[50] = 0),
        Edited("name-that-is-no-text", VaeError.InvalidField, "a model's name that is not UTF-8", Square, stream => stream.Header[51] = 0xFF),
        Edited("header-too-long", VaeError.InvalidField, "a byte behind the model's name", Square, stream => stream.Section('H').Payload = [.. stream.Header, 0]),
    ];

    private static IEnumerable<RejectedFile> Limits() =>
    [
        Edited("too-wide", VaeError.LimitExceeded, "2^18 + 1 pixels wide", Square, stream => SetSize(stream, (1 << 18) + 1, 1)),
        Edited("too-high", VaeError.LimitExceeded, "2^18 + 1 pixels high", Square, stream => SetSize(stream, 1, (1 << 18) + 1)),
        Edited("too-many-pixels", VaeError.LimitExceeded, "a few more than 2^28 pixels", Square, stream => SetSize(stream, 16385, 16384)),
        Edited("profile-too-long", VaeError.LimitExceeded, "an ICC profile that states to unpack to 4 MiB and a byte", Metadata, stream => SetUnpackedLength(stream.Section('I'), (4 << 20) + 1)),
        Edited("metadata-too-long", VaeError.LimitExceeded, "XMP that states to unpack to 64 MiB and a byte", Metadata, stream => SetUnpackedLength(stream.Section('X'), (64 << 20) + 1)),
    ];

    private static IEnumerable<RejectedFile> MetadataAndTail() =>
    [
        Edited("unknown-packing", VaeError.UnsupportedFeature, "metadata packed in a way that is not known", Metadata, stream => stream.Section('X').Payload[0] = 3),
        Edited("packing-bomb", VaeError.InvalidField, "metadata that state to unpack to more than they can", Metadata, stream => SetUnpackedLength(stream.Section('X'), 60 << 20)),
        Edited("index-of-another-offset", VaeError.InvalidField, "an index that points beside a tile", Tiles, stream => stream.Section('N').Payload[12] ^= 1),
        Edited("index-of-another-length", VaeError.InvalidField, "an index with the wrong length of a tile", Tiles, stream => stream.Section('N').Payload[8] ^= 1),
        Edited("index-too-short", VaeError.InvalidField, "an index of four of five tiles", Tiles, stream => stream.Section('N').Payload = stream.Section('N').Payload[..^12]),
        Edited("end-with-another-index", VaeError.InvalidField, "an end section that places the index elsewhere", Tiles, stream => stream.Section('Z').Payload[0] ^= 1),
        Edited("end-with-other-tiles", VaeError.InvalidField, "an end section that counts another number of tiles", Tiles, stream => stream.Section('Z').Payload[8] ^= 1),
    ];

    private static IEnumerable<RejectedFile> Symbols() =>
    [
        Edited("coded-bytes-altered", VaeError.CorruptSymbols, "a coded byte altered together with its crc", Square, stream => stream.Section('T').Payload[Coded + 20] ^= 0x10),
        Edited("coded-bytes-too-short", VaeError.CorruptSymbols, "four coded bytes missing", Square, stream => Resize(stream, -4)),
        Edited("coded-bytes-too-long", VaeError.CorruptSymbols, "four coded bytes too many", Square, stream => Resize(stream, 4)),
        Edited("symbol-checksum-altered", VaeError.CorruptSymbols, "another checksum of a tile's symbols", Square, stream => stream.Section('T').Payload[4] ^= 1),
        Edited("another-quality", VaeError.CorruptSymbols, "a header with another quality than the tiles were coded with", Square, stream => stream.Header[10]++),
        Edited("another-model", VaeError.ModelMissing, "a model that nobody has", Square, stream => BinaryPrimitives.WriteInt32LittleEndian(stream.Header.AsSpan(18), 1)),
    ];

    private static IEnumerable<RejectedFile> Samples() =>
    [
        Edited("samples-altered", VaeError.CorruptSymbols, "a lossless tile with another checksum of its samples", "lossless-row-300x1", stream => stream.Section('T').Payload[5] ^= 8),
        Edited("sample-bytes-too-short", VaeError.CorruptSymbols, "a lossless tile that ends too early", "lossless-row-300x1", stream => Resize(stream, -20)),
        Edited("unknown-way", VaeError.UnsupportedFeature, "a tile coded in a way that is not known", "repeats-1x1", stream => stream.Section('T').Payload[Coded] = 9),
        Edited("digest-altered", VaeError.CorruptSymbols, "a digest that is not the picture's", Digest, stream => stream.Section('D').Payload[31] ^= 1),
        Edited("digest-too-short", VaeError.InvalidField, "a digest of 31 bytes", Digest, stream => stream.Section('D').Payload = stream.Section('D').Payload[..31]),
        Edited("digest-twice", VaeError.InvalidOrder, "two digests", Digest, stream => stream.Sections.Insert(2, stream.Section('D'))),
        Edited("bound-too-large", VaeError.InvalidField, "an error bound of more than half the range", "near-ramp-90x70", stream => BinaryPrimitives.WriteUInt16LittleEndian(stream.Header.AsSpan(stream.Header.Length - 4), 128)),
        Edited("scale-out-of-range", VaeError.CorruptSymbols, "samples that are stated to be coarser than they can be", Deep, stream => stream.Section('T').Payload[Coded + 1] = 9),
        Edited("alpha-of-no-bytes", VaeError.CorruptSymbols, "alpha of no bytes", Alpha, stream => stream.Section('T').Payload.AsSpan(Coded, 4).Clear()),
        Edited("alpha-checksum-altered", VaeError.CorruptSymbols, "another checksum of alpha", Alpha, stream => stream.Section('T').Payload[Coded + 4] ^= 1),
        Edited("alpha-of-unknown-way", VaeError.UnsupportedFeature, "alpha coded in a way that is not known", Alpha, stream => stream.Section('T').Payload[Coded + 8] = 200),
    ];

    private static byte[] Bytes(string vector) => Rejecting.Bytes(vector);

    /// <summary>Where a section begins.</summary>
    private static int Boundary(string vector, int section) => Rejecting.Structure(vector).Boundaries().ElementAt(section);

    private static byte[] Flip(byte[] file, int at, int bit)
    {
        file[at] ^= (byte)(1 << bit);
        return file;
    }

    /// <summary>A vector taken apart, changed, and put together with checksums that are right.</summary>
    private static RejectedFile Edited(string name, VaeError error, string why, string vector, Action<StreamStructure> edit) => new(name, error, why, () =>
    {
        StreamStructure stream = Rejecting.Structure(vector);
        edit(stream);
        return stream.ToArray();
    });

    private static void SetUnpackedLength(StreamSection section, int length)
    {
        section.Payload[0] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(section.Payload.AsSpan(1), length);
    }

    private static void SetSize(StreamStructure stream, int width, int height)
    {
        BinaryPrimitives.WriteInt32LittleEndian(stream.Header, width);
        BinaryPrimitives.WriteInt32LittleEndian(stream.Header.AsSpan(4), height);
    }

    private static void Resize(StreamStructure stream, int change)
    {
        byte[] payload = stream.Section('T').Payload;
        Array.Resize(ref payload, payload.Length + change);
        stream.Section('T').Payload = payload;
    }
}
