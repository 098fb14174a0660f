using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Streams;

namespace VaeCodec.Conformance.Tests.Rejection;

/// <summary>Streams whose checksums are right and whose structure is not.</summary>
public class StructureTests
{
    [Fact]
    public void TakenApartAndPutTogetherNothingChanges()
    {
        foreach (string vector in (string[])["square-64x64", "metadata", "tiles-600x530"])
        {
            StreamStructure stream = Rejecting.Structure(vector);
            Assert.Equal(Rejecting.Bytes(vector), stream.ToArray());
            stream.UpdateTail();
            Assert.Equal(Rejecting.Bytes(vector), stream.ToArray());
        }
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(255, 255)]
    [InlineData(0, 5)]
    [InlineData(0, 0)]
    public void AnotherVersion(byte major, byte minor)
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        (stream.Major, stream.Minor) = (major, minor);
        Rejecting.Expect<VaeUnsupportedException>(VaeError.UnsupportedVersion, stream.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void UnknownCriticalSection(int position)
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Sections.Insert(position - (position == 3 ? 1 : 0), new StreamSection((byte)'q', 1, [1, 2, 3]));
        Rejecting.Expect<VaeUnsupportedException>(VaeError.UnsupportedFeature, stream.ToArray());
    }

    [Fact]
    public void UnknownSectionThatMayBeIgnored()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        DecodedPicture expected = VaeDecoder.Decode(stream.ToArray(), Rejecting.Options);
        stream.Sections.Insert(2, new StreamSection((byte)'q', 0xF2, new byte[5000]));
        stream.Sections.Insert(1, new StreamSection((byte)'Q', 0, []));
        stream.UpdateTail();
        Assert.Equal(expected.Pixels, VaeDecoder.Decode(stream.ToArray(), Rejecting.Options).Pixels);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void ReservedFlags(byte flag)
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Section('T').Flags |= flag;
        Rejecting.Expect<VaeUnsupportedException>(VaeError.UnsupportedFeature, stream.ToArray());
    }

    [Fact]
    public void TileMarkedAsNotCritical()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Section('T').Flags = 0;
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, stream.ToArray());
    }

    /// <summary>Section 2.3.2: those that are never critical.</summary>
    [Theory]
    [InlineData("metadata", 'I')]
    [InlineData("metadata", 'E')]
    [InlineData("metadata", 'X')]
    [InlineData("tiles-600x530", 'N')]
    [InlineData("digest-1x1", 'D')]
    public void KnownSectionMarkedAsCritical(string vector, char type)
    {
        StreamStructure stream = Rejecting.Structure(vector);
        stream.Section(type).Flags |= 1;
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, stream.ToArray());
    }

    [Fact]
    public void SectionsMissingRepeatedOrMoved()
    {
        StreamStructure sound = Rejecting.Structure("metadata");
        int tile = sound.Sections.FindIndex(section => section.Type == 'T');
        List<Action<List<StreamSection>>> edits =
        [
            sections => sections.RemoveAt(0),
            sections => sections.RemoveAt(tile),
            sections => sections.Insert(1, sections[0]),
            sections => sections.Insert(2, sections[1]),
            sections => sections.Insert(tile, sections[tile]),
            sections => sections.Reverse(tile, 2),
            sections => sections.Reverse(0, 2),
            sections => sections.Reverse(tile - 1, 2),
        ];
        foreach (Action<List<StreamSection>> edit in edits)
        {
            StreamStructure stream = sound.Clone();
            edit(stream.Sections);
            Rejecting.Expect<VaeFormatException>(VaeError.InvalidOrder, stream.ToArray());
        }
    }

    [Fact]
    public void TilesInAnotherOrder()
    {
        StreamStructure sound = Rejecting.Structure("tiles-600x530");
        int first = sound.Sections.FindIndex(section => section.Type == 'T');
        StreamStructure swapped = sound.Clone();
        swapped.Sections.Reverse(first + 3, 2);
        swapped.UpdateTail();
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidOrder, swapped.ToArray());

        StreamStructure renamed = sound.Clone();
        renamed.Sections[first + 4].Payload[0] ^= 1;
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidOrder, renamed.ToArray());

        StreamStructure missing = sound.Clone();
        missing.Sections.RemoveAt(first + 8);
        missing.UpdateTail();
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidOrder, missing.ToArray());
    }

    [Fact]
    public void IndexAndEndAtOddsWithTheFile()
    {
        StreamStructure sound = Rejecting.Structure("tiles-600x530");
        foreach ((char type, int at) in ((char, int)[])[('N', 0), ('N', 8), ('N', (12 * 8) + 8), ('Z', 0), ('Z', 8)])
        {
            StreamStructure stream = sound.Clone();
            stream.Section(type).Payload[at] ^= 1;
            Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, stream.ToArray());
        }

        StreamStructure shortIndex = sound.Clone();
        shortIndex.Section('N').Payload = shortIndex.Section('N').Payload[..^12];
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, shortIndex.ToArray());
    }

    [Theory]
    [InlineData(8, 2, VaeError.UnsupportedFeature)]
    [InlineData(9, 16, VaeError.UnsupportedFeature)]
    [InlineData(10, 0, VaeError.InvalidField)]
    [InlineData(10, 101, VaeError.InvalidField)]
    [InlineData(11, 3, VaeError.InvalidField)]
    [InlineData(11, 65, VaeError.InvalidField)]
    [InlineData(12, 1, VaeError.UnsupportedFeature)]
    [InlineData(17, 2, VaeError.InvalidField)]
    [InlineData(50, 0, VaeError.InvalidField)]
    [InlineData(51, 10, VaeError.InvalidField)]
    [InlineData(51, 0xFF, VaeError.InvalidField)]
    public void HeaderFieldsOutOfRange(int offset, byte value, VaeError error)
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Header[offset] = value;
        VaeException exception = Assert.ThrowsAny<VaeException>(() => VaeDecoder.Decode(stream.ToArray(), Rejecting.Options));
        Assert.Equal(error, exception.Error);
    }

    [Theory]
    [InlineData(3, 100u)]
    [InlineData(0, 5u)]
    [InlineData(1, 1u << 30)]
    public void MetadataThatDoNotUnpack(byte method, uint length)
    {
        StreamStructure stream = Rejecting.Structure("metadata");
        byte[] payload = stream.Section('I').Payload;
        payload[0] = method;
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1), length);
        VaeException exception = Assert.ThrowsAny<VaeException>(() => VaeDecoder.Decode(stream.ToArray(), Rejecting.Options));
        Assert.Contains(exception.Error, (VaeError[])[VaeError.UnsupportedFeature, VaeError.InvalidField, VaeError.LimitExceeded]);
    }
}
