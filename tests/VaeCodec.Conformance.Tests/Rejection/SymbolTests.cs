using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.Streams;

namespace VaeCodec.Conformance.Tests.Rejection;

/// <summary>Tiles whose CRC is right and whose symbols are not, and files of other models.</summary>
public class SymbolTests
{
    private const int CodedBytes = 8;

    [Fact]
    public void CodedBytesAlteredWithTheirCrc()
    {
        StreamStructure sound = Rejecting.Structure("odd-65x67");
        int length = sound.Section('T').Payload.Length;
        for (int at = CodedBytes; at < length; at += 3)
        {
            StreamStructure stream = sound.Clone();
            stream.Section('T').Payload[at] ^= 0x10;
            Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
        }
    }

    [Fact]
    public void SymbolChecksumAltered()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            StreamStructure stream = Rejecting.Structure("square-64x64");
            stream.Section('T').Payload[4 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
        }
    }

    [Theory]
    [InlineData(-4)]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(400)]
    public void CodedBytesTooShortOrTooLong(int change)
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        byte[] payload = stream.Section('T').Payload;
        Array.Resize(ref payload, payload.Length + change);
        stream.Section('T').Payload = payload;
        Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
    }

    [Fact]
    public void AnotherTilesSymbols()
    {
        StreamStructure stream = Rejecting.Structure("tiles-600x530");
        int first = stream.Sections.FindIndex(section => section.Type == 'T');
        byte[] source = stream.Sections[first].Payload;
        stream.Sections[first + 1].Payload = [1, 0, 0, 0, .. stream.Sections[first + 1].Payload.AsSpan(4, 4), .. source.AsSpan(CodedBytes)];
        stream.UpdateTail();
        Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
    }

    [Fact]
    public void AnotherQuality()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        stream.Header[10]++;
        Rejecting.Expect<VaeFormatException>(VaeError.CorruptSymbols, stream.ToArray());
    }

    [Fact]
    public void ModelNotAtHand()
    {
        VaeModelException exception = Rejecting.Expect<VaeModelException>(VaeError.ModelMissing, Rejecting.Bytes("square-64x64"), new VaeDecoderOptions());
        Assert.Contains("frozen", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelOfTheSameNameAndAnotherIdentity()
    {
        StreamStructure stream = Rejecting.Structure("square-64x64");
        BinaryPrimitives.WriteInt32LittleEndian(stream.Header.AsSpan(18), 1);
        Rejecting.Expect<VaeModelException>(VaeError.ModelMissing, stream.ToArray());
    }
}
