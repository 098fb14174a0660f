using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Streams;

namespace VaeCodec.Conformance.Tests.Rejection;

/// <summary>Files that declare more than they hold, or more than is allowed: refused before memory is spent on them.</summary>
public class LimitTests
{
    private const long Little = 256 << 10;

    [Theory]
    [InlineData(0x7FFFFFFFu, 0x7FFFFFFFu)]
    [InlineData(0x7FFFFFFFu, 1u)]
    [InlineData(1u, 0x7FFFFFFFu)]
    [InlineData((1u << 18) + 1, 1u)]
    [InlineData(1u, (1u << 18) + 1)]
    [InlineData(1u << 18, 1025u)]
    [InlineData(16385u, 16384u)]
    public void DimensionsBeyondTheLimits(uint width, uint height)
        => Rejecting.ExpectCheaply<VaeLimitException>(VaeError.LimitExceeded, HeaderOnly(width, height), Little);

    [Theory]
    [InlineData(1u << 31, 1u << 31)]
    [InlineData(0xFFFFFFFFu, 1u)]
    [InlineData(0u, 64u)]
    [InlineData(64u, 0u)]
    public void DimensionsBeyondTheFormat(uint width, uint height)
        => Rejecting.ExpectCheaply<VaeFormatException>(VaeError.InvalidField, HeaderOnly(width, height), Little);

    [Theory]
    [InlineData(16384u, 16384u)]
    [InlineData(1u << 18, 1u << 10)]
    [InlineData(1u, 1u << 18)]
    public void LargePictureWithoutTiles(uint width, uint height)
        => Rejecting.ExpectCheaply<VaeFormatException>(VaeError.Truncated, HeaderOnly(width, height), Little);

    [Fact]
    public void LargePictureWithOneSmallTile()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        SetSize(stream, 16384, 16384);
        stream.Sections.RemoveAt(stream.Sections.Count - 1);
        Rejecting.ExpectCheaply<VaeFormatException>(VaeError.Truncated, stream.ToArray(), Little);
    }

    [Fact]
    public void WorkingMemoryBeyondTheLimit()
    {
        VaeDecoderOptions options = Rejecting.Options with { Limits = new VaeLimits { MaxMemoryBytes = 1 << 20 } };
        Rejecting.ExpectCheaply<VaeLimitException>(VaeError.LimitExceeded, HeaderOnly(1 << 14, 1 << 14, withTile: true), Little, options);
    }

    [Fact]
    public void PixelsBeyondTheCallersLimit()
    {
        VaeDecoderOptions options = Rejecting.Options with { Limits = new VaeLimits { MaxPixels = 4095 } };
        Rejecting.ExpectCheaply<VaeLimitException>(VaeError.LimitExceeded, Rejecting.Bytes("square-64x64"), Little, options);
    }

    [Fact]
    public void TileLongerThanTheData()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Section('T').StatedLength = 64 + (16 * 64 * 64);
        Rejecting.ExpectCheaply<VaeFormatException>(VaeError.Truncated, stream.ToArray(), Little);
    }

    [Theory]
    [InlineData('H', 116u)]
    [InlineData('H', 0xFFFFFFFFu)]
    [InlineData('T', 64u + (16 * 64 * 64) + 1)]
    [InlineData('T', 0xFFFFFFFFu)]
    [InlineData('Z', 13u)]
    [InlineData('Z', 0xFFFFFFFFu)]
    public void LengthBeyondTheFormat(char type, uint length)
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Section(type).StatedLength = length;
        Rejecting.ExpectCheaply<VaeFormatException>(VaeError.InvalidField, stream.ToArray(), 2 << 20);
    }

    [Theory]
    [InlineData('H', 55u)]
    [InlineData('H', 120u)]
    [InlineData('D', 33u)]
    [InlineData('D', 0xFFFFFFFFu)]
    public void LengthBeyondVersion4(char type, uint length)
    {
        // Memory that decoding the tile takes comes before the digest, so it says nothing here.
        StreamStructure stream = Rejecting.Structure("digest-1x1");
        stream.Section(type).StatedLength = length;
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, stream.ToArray());
    }

    [Theory]
    [InlineData('I', (4u << 20) + 6)]
    [InlineData('I', 1u << 30)]
    [InlineData('E', (64u << 20) + 6)]
    [InlineData('X', (64u << 20) + 6)]
    public void MetadataLongerThanTheLimit(char type, uint length)
    {
        StreamStructure stream = Rejecting.Structure("metadata");
        stream.Section(type).StatedLength = length;
        Rejecting.ExpectCheaply<VaeLimitException>(VaeError.LimitExceeded, stream.ToArray(), Little);
    }

    [Fact]
    public void MetadataThatUnpackToMoreThanTheyCan()
    {
        StreamStructure stream = Rejecting.Structure("metadata");
        byte[] payload = stream.Section('X').Payload;
        Assert.Equal(1, payload[0]);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1), 60 << 20);
        Rejecting.ExpectCheaply<VaeFormatException>(VaeError.InvalidField, stream.ToArray(), Little);
    }

    private static byte[] HeaderOnly(uint width, uint height, bool withTile = false)
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        SetSize(stream, width, height);
        if (!withTile)
        {
            stream.Sections.RemoveRange(1, stream.Sections.Count - 1);
        }

        return stream.ToArray();
    }

    private static void SetSize(StreamStructure stream, uint width, uint height)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(stream.Header, width);
        BinaryPrimitives.WriteUInt32LittleEndian(stream.Header.AsSpan(4), height);
    }
}
