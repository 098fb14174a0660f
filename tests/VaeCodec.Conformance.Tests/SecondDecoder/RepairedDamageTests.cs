using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.Vectors;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// Files that are damaged below their checksums: a bit of a section is flipped, and its check and crc are made right
/// again. Whether such a file is valid, and what it then decodes to, has one answer, which both decoders must give. Which
/// of several faults they report is theirs to choose (section 2.11).
/// </summary>
public class RepairedDamageTests
{
    /// <summary>Each bit of small files, and some of larger ones: the step is that from one flipped bit to the next.</summary>
    [Theory]
    [InlineData("pixel-1x1", 1)]
    [InlineData("lossless-1x1", 3)]
    [InlineData("lossless-row-300x1", 61)]
    [InlineData("repeats-1x1", 5)]
    [InlineData("repeats-row-300x1", 37)]
    [InlineData("metadata", 61)]
    [InlineData("row-300x1-grey", 13)]
    [InlineData("tiles-five-1290x16", 97)]
    [InlineData("digest-1x1", 1)]
    [InlineData("deep-1x1", 1)]
    [InlineData("near-ramp-90x70", 61)]
    [InlineData("alpha-deep-grey-90x70", 331)]
    [InlineData("lossy-alpha-deep-grey-150x100", 1009)]
    public void BothDecodersSayTheSameOfAFile(string name, int step) => FlipBits(File.ReadAllBytes(VectorRecord.StreamPath(name)), step);

    [Fact]
    public void BothDecodersSayTheSameOfAMixedFile()
    {
        byte[] file = GeneratedFile.SmallMixed();
        Assert.Equal("12", GeneratedFile.Ways(ContainerReader.Read(file, new Limits())));
        FlipBits(file, 97);
    }

    /// <summary>Section 2.2 and the required flags of section 2.4, which older versions do not know.</summary>
    [Theory]
    [InlineData("pixel-1x1")]
    [InlineData("lossless-1x1")]
    [InlineData("repeats-1x1")]
    [InlineData("digest-1x1")]
    [InlineData("deep-1x1")]
    public void BothDecodersKnowTheSameVersionsAndFlags(string name)
    {
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath(name));
        foreach ((int major, int minor) in ((int, int)[])[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 0), (1, 1), (1, 255), (2, 0)])
        {
            for (int flags = 0; flags < 8; flags++)
            {
                byte[] changed = FileSections.WithByte(FileSections.WithVersion(file, major, minor), 'H', FileSections.FrameLength + 12, flags);
                Assert.True(BothDecoders.ByTheCodec(changed) == BothDecoders.BySecondDecoder(changed), $"Version {major}.{minor}, flags {flags}.");
            }
        }
    }

    /// <summary>Section 13.1.</summary>
    [Theory]
    [InlineData("lossless-1x1", 0)]
    [InlineData("repeats-1x1", 1)]
    [InlineData("mixed", 2)]
    public void BothDecodersKnowTheSameWays(string name, int lastWay)
    {
        byte[] file = name == "mixed" ? GeneratedFile.SmallMixed() : File.ReadAllBytes(VectorRecord.StreamPath(name));
        ModelFile model = ModelFile.Load(FrozenModel.Bytes);
        foreach (int way in (int[])[0, 1, 2, 3, 4, 127, 128, 255])
        {
            byte[] changed = FileSections.WithByte(file, 'T', FileSections.CodedBytesOffset, way);
            FailureKind? kind = Record.Exception(() => FileDecoder.Decode(changed, model)) is DecodingException refused ? refused.Kind : null;
            Assert.Equal(way > lastWay, kind == FailureKind.UnsupportedFeature);
            Assert.Equal(kind is not null, BothDecoders.ByTheCodec(changed) == BothDecoders.Refused);
        }
    }

    /// <summary>Section 13.1: tiles of a few coded bytes, and one byte too many.</summary>
    [Theory]
    [InlineData("lossless-1x1")]
    [InlineData("repeats-1x1")]
    [InlineData("mixed")]
    public void BothDecodersRefuseTilesOfAnotherLength(string name)
    {
        byte[] file = name == "mixed" ? GeneratedFile.SmallMixed() : File.ReadAllBytes(VectorRecord.StreamPath(name));
        TileSection tile = ContainerReader.Read(file, new Limits()).Tiles[0];
        byte[] whole = tile.CodedBytes;
        foreach (byte[] coded in (byte[][])[.. Enumerable.Range(1, 6).Select(length => whole[..Math.Min(length, whole.Length - 1)]), [.. whole, 0]])
        {
            byte[] changed = FileSections.WithTile(file, tile.SymbolChecksum, coded);
            Assert.Equal(BothDecoders.Refused, BothDecoders.ByTheCodec(changed));
            Assert.Equal(BothDecoders.Refused, BothDecoders.BySecondDecoder(changed));
        }
    }

    /// <summary>A model's header (8 bytes of length, then JSON) and its tensors.</summary>
    [Theory]
    [InlineData(0, 13_000, 263)]
    [InlineData(13_000, 190_000, 20_011)]
    public void BothDecodersSayTheSameOfAModel(int first, int last, int step)
    {
        for (long bit = 8L * first; bit < 8L * last; bit += step)
        {
            byte[] damaged = [.. FrozenModel.Bytes];
            damaged[bit / 8] ^= (byte)(1 << (int)(bit % 8));
            Assert.True(BothDecoders.ModelByTheCodec(damaged) == BothDecoders.ModelBySecondDecoder(damaged), $"Bit {bit} of the model.");
        }
    }

    private static void FlipBits(byte[] file, int step)
    {
        foreach ((int section, int length) in FileSections.Of(file))
        {
            for (int bit = section % step; bit < 8 * (FileSections.FrameLength + length); bit += step)
            {
                bool inLengthOrCheck = bit / 8 is >= 2 and < FileSections.FrameLength;
                if (!inLengthOrCheck)
                {
                    byte[] damaged = [.. file];
                    damaged[section + (bit / 8)] ^= (byte)(1 << (bit % 8));
                    FileSections.Repair(damaged, section, length);
                    Assert.True(BothDecoders.ByTheCodec(damaged) == BothDecoders.BySecondDecoder(damaged), $"Bit {bit} of the section at {section}.");
                }
            }
        }
    }
}
