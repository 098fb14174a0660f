using VaeCodec.Conformance.Tests.Streams;

namespace VaeCodec.Conformance.Tests.Rejection;

/// <summary>Digests (section 2.6.2) that are wrong, or where they must not be. That a check of the file finds it too is part of every demand.</summary>
public class DigestTests
{
    private const string Tiles = "digest-tiles-300x520";

    [Theory]
    [InlineData("digest-1x1")]
    [InlineData(Tiles)]
    public void AnotherDigest(string vector)
    {
        foreach (int at in (int[])[0, 17, 31])
        {
            StreamStructure stream = Rejecting.Structure(vector);
            stream.Section('D').Payload[at] ^= 0x40;
            Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void DigestOfAnotherLength(int length)
    {
        StreamStructure stream = Rejecting.Structure(Tiles);
        byte[] payload = stream.Section('D').Payload;
        Array.Resize(ref payload, length);
        stream.Section('D').Payload = payload;
        stream.UpdateTail();
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, stream.ToArray());
    }

    [Fact]
    public void TwoDigests()
    {
        StreamStructure stream = Rejecting.Structure(Tiles);
        stream.Sections.Insert(stream.Sections.IndexOf(stream.Section('D')), stream.Section('D').Clone());
        stream.UpdateTail();
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidOrder, stream.ToArray());
    }

    /// <summary>Before the first tile, before the last one, behind the index.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(7)]
    public void DigestInAnotherPlace(int behindTheFirstTile)
    {
        StreamStructure stream = Rejecting.Structure(Tiles);
        StreamSection digest = stream.Section('D');
        stream.Sections.Remove(digest);
        int first = stream.Sections.IndexOf(stream.Section('T'));
        Assert.Equal('N', (char)stream.Sections[first + 6].Type);
        stream.Sections.Insert(first + behindTheFirstTile, digest);
        stream.UpdateTail();
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidOrder, stream.ToArray());
    }

    [Theory]
    [InlineData("near-ramp-90x70")]
    [InlineData("near-deep-alpha-110x80")]
    [InlineData("lossy-deep-grey-200x150")]
    public void DigestInAFileThatIsNotLossless(string vector)
    {
        StreamStructure stream = Rejecting.Structure(vector);
        stream.Sections.Insert(stream.Sections.Count - 1, new StreamSection((byte)'D', 0, new byte[32]));
        stream.UpdateTail();
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidOrder, stream.ToArray());
    }

    /// <summary>Before minor version 4 the type is unknown: not critical, it may stand anywhere and hold anything.</summary>
    [Fact]
    public void UnknownToOlderVersions()
    {
        foreach (string vector in (string[])["square-64x64", "lossless-1x1", "repeats-1x1"])
        {
            StreamStructure stream = Rejecting.Structure(vector);
            byte[] expected = VaeDecoder.Decode(stream.ToArray(), Rejecting.Options).Pixels;
            stream.Sections.Insert(1, new StreamSection((byte)'D', 0, [1, 2, 3]));
            stream.Sections.Insert(3, new StreamSection((byte)'D', 2, new byte[32]));
            stream.UpdateTail();
            Assert.Equal(expected, VaeDecoder.Decode(stream.ToArray(), Rejecting.Options).Pixels);
            stream.Section('D').Flags = 1;
            Rejecting.Expect<VaeUnsupportedException>(VaeError.UnsupportedFeature, stream.ToArray());
        }
    }
}
