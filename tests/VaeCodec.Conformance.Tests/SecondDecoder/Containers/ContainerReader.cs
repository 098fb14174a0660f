namespace VaeCodec.Conformance.Tests.SecondDecoder.Containers;

/// <summary>Section 2.1: the sections of a file in their order, to the end of input.</summary>
internal sealed class ContainerReader
{
    private readonly Limits _limits;
    private readonly Header _header;
    private readonly Dictionary<char, byte[]> _metadata = [];
    private readonly List<TileSection> _tiles = [];
    private byte[]? _digest;
    private long _indexOffset;
    private bool _ended;

    private ContainerReader(Header header, Limits limits)
    {
        _header = header;
        _limits = limits;
    }

    /// <summary>Reads and verifies a whole file, down to the coded bytes of its tiles.</summary>
    public static Container Read(byte[] file, Limits limits)
    {
        ByteReader bytes = new(file, FailureKind.Truncated);
        int rules = Preamble.Read(file, bytes);
        SectionReader sections = new(file, bytes, rules, limits);
        Header header = HeaderParser.Parse(sections.Next(null), rules, limits);
        ContainerReader reader = new(header, limits);
        while (!reader._ended)
        {
            reader.Take(sections.Next(header));
        }

        DecodingException.Require(bytes.Remaining == 0, FailureKind.TrailingData, $"{bytes.Remaining} bytes behind the end section.");
        return new Container(header, reader._metadata, reader._tiles, reader._digest);
    }

    private void Take(Section section)
    {
        switch (section.Type)
        {
            case SectionTypes.Header:
                throw new DecodingException(FailureKind.InvalidOrder, "A second header.");
            case SectionTypes.IccProfile or SectionTypes.Exif or SectionTypes.Xmp:
                RequireOrder(_tiles.Count == 0, "Metadata behind a tile.");
                RequireOrder(!_metadata.ContainsKey(section.Type), "Metadata twice.");
                _metadata[section.Type] = PackedMetadata.Unpack(section, _limits);
                break;
            case SectionTypes.Tile:
                TakeTile(TileSection.Parse(section));
                break;
            case SectionTypes.Digest when _header.Rules >= SectionTypes.FirstWithDigest:
                TakeDigest(section);
                break;
            case SectionTypes.Index:
                TakeIndex(section);
                break;
            case SectionTypes.End:
                TakeEnd(section);
                break;
            default:
                break; // unknown and not critical: skipped
        }
    }

    private void TakeTile(TileSection tile)
    {
        RequireOrder(_tiles.Count < _header.Tiles, "A tile too many.");
        bool next = tile.Column == _tiles.Count % _header.Columns && tile.Row == _tiles.Count / _header.Columns;
        RequireOrder(next, $"The tile ({tile.Column}, {tile.Row}) is not the next one.");
        _tiles.Add(tile);
    }

    /// <summary>Section 2.6.2.</summary>
    private void TakeDigest(Section section)
    {
        RequireOrder(_header.Lossless, "A digest in a file that is not lossless.");
        RequireOrder(_tiles.Count == _header.Tiles && _indexOffset == 0, "A digest before the last tile or behind the index.");
        RequireOrder(_digest is null, "Two digests.");
        _digest = section.Payload;
    }

    /// <summary>Section 2.7.</summary>
    private void TakeIndex(Section section)
    {
        RequireOrder(_tiles.Count == _header.Tiles && _indexOffset == 0, "An index before the last tile, or a second one.");
        ByteReader fields = section.Fields();
        foreach (TileSection tile in _tiles)
        {
            ulong offset = fields.U64();
            uint length = fields.U32();
            bool right = offset == (ulong)tile.Offset && length == tile.PayloadLength;
            DecodingException.Require(right, FailureKind.InvalidField, "The index is at odds with the tiles.");
        }

        _indexOffset = section.Offset;
    }

    /// <summary>Section 2.8.</summary>
    private void TakeEnd(Section section)
    {
        RequireOrder(_tiles.Count == _header.Tiles, "The end before the last tile.");
        ByteReader fields = section.Fields();
        ulong indexOffset = fields.U64();
        uint tiles = fields.U32();
        bool right = indexOffset == (ulong)_indexOffset && tiles == _header.Tiles;
        DecodingException.Require(right, FailureKind.InvalidField, "The end section is at odds with the file.");
        _ended = true;
    }

    private static void RequireOrder(bool holds, string broken) => DecodingException.Require(holds, FailureKind.InvalidOrder, broken);
}
