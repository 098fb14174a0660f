using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.SecondDecoder;
using VaeCodec.Conformance.Tests.SecondDecoder.Lossless;
using VaeCodec.Conformance.Tests.Streams;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.Rejection;

/// <summary>Alpha, scales and bounds of errors (version 0.4) that are not as they must be, in files whose checksums are right.</summary>
public class SampleTests
{
    private const int CodedBytes = 8;
    private const int AlphaChecksum = CodedBytes + 4;
    private const int Alpha = CodedBytes + 8;

    /// <summary>Vector, offset in the header, value.</summary>
    [Theory]
    [InlineData("repeats-1x1", 8, 2)]
    [InlineData("repeats-1x1", 8, 3)]
    [InlineData("digest-1x1", 8, 4)]
    [InlineData("digest-1x1", 8, 16)]
    [InlineData("repeats-1x1", 9, 12)]
    [InlineData("digest-1x1", 9, 7)]
    [InlineData("deep-1x1", 9, 7)]
    [InlineData("deep-1x1", 9, 17)]
    [InlineData("deep-1x1", 9, 0)]
    [InlineData("digest-1x1", 12, 4)]
    public void HeaderOfAnotherVersion(string vector, int offset, byte value)
    {
        StreamStructure stream = Rejecting.Structure(vector);
        stream.Header[offset] = value;
        Rejecting.Expect<VaeUnsupportedException>(VaeError.UnsupportedFeature, stream.ToArray());
    }

    /// <summary>More than half of the range; any where there are networks, any for alpha where there is none.</summary>
    [Theory]
    [InlineData("near-ramp-90x70", 128, 0)]
    [InlineData("near-ramp-90x70", 65535, 0)]
    [InlineData("near-deep-grey-120x90", 2048, 0)]
    [InlineData("near-deep-alpha-110x80", 32768, 0)]
    [InlineData("near-deep-alpha-110x80", 200, 32768)]
    [InlineData("lossy-alpha-quality-200x150", 0, 128)]
    [InlineData("lossy-alpha-quality-200x150", 1, 0)]
    [InlineData("lossy-deep-grey-200x150", 1, 0)]
    [InlineData("lossy-deep-grey-200x150", 0, 1)]
    [InlineData("near-ramp-90x70", 1, 1)]
    public void BoundsOutOfRange(string vector, ushort maxError, ushort maxAlphaError)
    {
        StreamStructure stream = Rejecting.Structure(vector);
        BinaryPrimitives.WriteUInt16LittleEndian(stream.Header.AsSpan(stream.Header.Length - 4), maxError);
        BinaryPrimitives.WriteUInt16LittleEndian(stream.Header.AsSpan(stream.Header.Length - 2), maxAlphaError);
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, stream.ToArray());
    }

    [Theory]
    [InlineData(-4)]
    [InlineData(-1)]
    [InlineData(1)]
    public void HeaderWithBoundsOfAnotherLength(int change)
    {
        StreamStructure stream = Rejecting.Structure("digest-1x1");
        byte[] payload = stream.Header;
        Array.Resize(ref payload, payload.Length + change);
        stream.Section('H').Payload = payload;
        Rejecting.Expect<VaeFormatException>(VaeError.InvalidField, stream.ToArray());
    }

    [Theory]
    [InlineData("lossy-alpha-quality-200x150")]
    [InlineData("lossy-alpha-deep-grey-150x100")]
    public void AlphaOfAnotherLength(string vector)
    {
        int coded = Rejecting.Structure(vector).Section('T').Payload.Length - CodedBytes;
        foreach (uint length in (uint[])[0, (uint)coded - 8, (uint)coded, int.MaxValue, 1u << 31, uint.MaxValue])
        {
            StreamStructure stream = Rejecting.Structure(vector);
            BinaryPrimitives.WriteUInt32LittleEndian(stream.Section('T').Payload.AsSpan(CodedBytes), length);
            Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
        }

        for (int length = 1; length < 10; length++)
        {
            StreamStructure stream = Rejecting.Structure(vector);
            stream.Section('T').Payload = stream.Section('T').Payload[..(CodedBytes + length)];
            stream.UpdateTail();
            Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
        }
    }

    [Fact]
    public void AlphaChecksumAltered()
    {
        for (int bit = 0; bit < 32; bit += 5)
        {
            StreamStructure stream = Rejecting.Structure("lossy-alpha-deep-grey-150x100");
            stream.Section('T').Payload[AlphaChecksum + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void AlphaOfAnotherWay(byte way)
    {
        StreamStructure stream = Rejecting.Structure("lossy-alpha-quality-200x150");
        stream.Section('T').Payload[Alpha] = way;
        Rejecting.Expect<VaeUnsupportedException>(VaeError.UnsupportedFeature, stream.ToArray());
    }

    /// <summary>Vector, offset of the scale in the tile's payload, shift, levelCount.</summary>
    [Theory]
    [InlineData("deep-1x1", CodedBytes + 1, 9, 0)]
    [InlineData("deep-1x1", CodedBytes + 1, 255, 0)]
    [InlineData("deep-noise-30x30", CodedBytes + 1, 0, 512)]
    [InlineData("deep-twelve-bits-130x60", CodedBytes + 1, 0, 4096)]
    [InlineData("near-deep-grey-120x90", CodedBytes + 1, 0, 2)]
    [InlineData("near-deep-alpha-110x80", CodedBytes + 1, 0, 2)]
    [InlineData("lossy-alpha-deep-grey-150x100", Alpha + 1, 9, 0)]
    [InlineData("lossy-alpha-deep-grey-150x100", Alpha + 1, 0, 2)]
    public void ScaleOutOfRange(string vector, int offset, byte shift, ushort levelCount)
    {
        StreamStructure stream = Rejecting.Structure(vector);
        byte[] payload = stream.Section('T').Payload;
        payload[offset] = shift;
        BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(offset + 1), levelCount);
        Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
    }

    /// <summary>A list in a tile of 9 bits a sample, followed by decisions that are all 1: residuals of 0, black.</summary>
    [Theory]
    [InlineData(511, true)]
    [InlineData(512, false)]
    [InlineData(1023, false)]
    [InlineData(65535, false)]
    public void ListThatRunsAboveTheGreatestSample(int last, bool valid)
    {
        const int Side = 30;
        SampleFormat format = new(3, false, 9, 0, 0);
        SampleScale scale = new(0, 3);
        Grid<int> samples = new(Side, Side, 3);
        MadeUpDecisions decisions = new([.. MadeUpTile.ListDecisions([0, 7, last]), .. Enumerable.Repeat(1, Side * Side * 3)], new SeededRandom(1));
        if (Record.Exception(() => new SampleTileDecoder(TileWay.PredictedSamples, decisions, samples, format, scale).Decode()) is not null)
        {
            decisions.RequireEnd();
        }

        StreamStructure stream = Rejecting.Structure("deep-noise-30x30");
        byte[] payload = [0, 0, 0, 0, 0, 0, 0, 0, .. MadeUpTile.Coded(TileWay.PredictedSamples, format, scale, decisions.Bytes)];
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), StreamStructure.Crc(SampleBytes.Of(samples, 9)));
        stream.Section('T').Payload = payload;
        stream.UpdateTail();
        if (valid)
        {
            Assert.All(VaeDecoder.Decode(stream.ToArray(), Rejecting.Options).Pixels, sample => Assert.Equal(0, sample));
        }
        else
        {
            Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
        }
    }
}
