using System.Buffers.Binary;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.Vectors;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// The fields of version 0.4, changed below their checksums. One fault alone is in such a file, so both decoders must
/// give it the same name, or decode the same pixels.
/// </summary>
public class RepairedFieldTests
{
    private const int LayoutOffset = FileSections.FrameLength + 8;
    private const int BitDepthOffset = FileSections.FrameLength + 9;
    private const int AlphaOffset = FileSections.CodedBytesOffset + 8;

    /// <summary>Each bit of some bytes of a section. Negative offsets count from behind its payload.</summary>
    [Theory]
    [InlineData("near-ramp-90x70", 'H', -4, 4)]
    [InlineData("lossless-alpha", 'H', -4, 4)]
    [InlineData("latents-and-alpha", 'H', -4, 4)]
    [InlineData("digest-1x1", 'D', FileSections.FrameLength, 32)]
    [InlineData("latents-and-alpha", 'T', FileSections.CodedBytesOffset, 8)]
    [InlineData("latents-and-alpha", 'T', AlphaOffset, 4)]
    [InlineData("samples-and-alpha", 'T', FileSections.CodedBytesOffset, 8)]
    [InlineData("samples-and-alpha", 'T', AlphaOffset, 4)]
    [InlineData("lossless-alpha", 'T', FileSections.CodedBytesOffset, 4)]
    [InlineData("deep-1x1", 'T', FileSections.CodedBytesOffset, 4)]
    [InlineData("near-deep-grey", 'T', FileSections.CodedBytesOffset, 4)]
    public void BothDecodersSayTheSame(string name, char type, int offset, int bytes)
    {
        byte[] file = File(name);
        (int section, int length) = FileSections.First(file, type);
        int first = section + (offset < 0 ? FileSections.FrameLength + length + offset : offset);
        for (int bit = 0; bit < 8 * bytes; bit++)
        {
            byte[] changed = [.. file];
            changed[first + (bit / 8)] ^= (byte)(1 << (bit % 8));
            FileSections.Repair(changed, section, length);
            Compare(changed, $"Bit {bit} of '{type}'.");
        }
    }

    /// <summary>Section 2.6.1.</summary>
    [Theory]
    [InlineData("latents-and-alpha")]
    [InlineData("samples-and-alpha")]
    public void BothDecodersKnowTheSameLengthsOfAlpha(string name)
    {
        byte[] file = File(name);
        TileSection tile = ContainerReader.Read(file, new Limits()).Tiles[0];
        uint right = BinaryPrimitives.ReadUInt32LittleEndian(tile.CodedBytes), most = (uint)tile.CodedBytes.Length - 9;
        foreach (uint length in ((uint[])[0, 1, 4, 5, 7, 8, most - 1, most, most + 1, int.MaxValue, 1u << 31, uint.MaxValue]).Where(length => length != right))
        {
            byte[] coded = [.. tile.CodedBytes];
            BinaryPrimitives.WriteUInt32LittleEndian(coded, length);
            byte[] changed = FileSections.WithTile(file, tile.SymbolChecksum, coded);

            // An alpha that is cut elsewhere leaves a colour with faults of its own.
            string verdict = length is 0 || length > most ? Compare(changed, $"An alphaLength of {length}.") : Agree(changed, $"An alphaLength of {length}.");
            Assert.Contains(verdict, (string[])[BothDecoders.Refused, nameof(VaeError.CorruptSymbols)]);
        }

        for (int length = 1; length < 20; length++)
        {
            Compare(FileSections.WithTile(file, tile.SymbolChecksum, tile.CodedBytes[..length]), $"{length} coded bytes.");
        }
    }

    /// <summary>Section 13.1: fewer coded bytes than a tile of samples has, with a scale.</summary>
    [Fact]
    public void BothDecodersKnowTheLeastTileWithAScale()
    {
        byte[] file = File("deep-1x1");
        TileSection tile = ContainerReader.Read(file, new Limits()).Tiles[0];
        for (int length = 1; length < tile.CodedBytes.Length; length++)
        {
            byte[] changed = FileSections.WithTile(file, tile.SymbolChecksum, tile.CodedBytes[..length]);
            Assert.Equal(nameof(VaeError.CorruptSymbols), Compare(changed, $"{length} coded bytes."));
        }
    }

    /// <summary>Section 2.4: what older versions do not have.</summary>
    [Theory]
    [InlineData("pixel-1x1")]
    [InlineData("lossless-1x1")]
    [InlineData("repeats-1x1")]
    [InlineData("digest-1x1")]
    [InlineData("deep-1x1")]
    public void BothDecodersKnowTheSameLayoutsAndDepths(string name)
    {
        byte[] file = File(name);
        for (int value = 0; value < 20; value++)
        {
            Agree(FileSections.WithByte(file, 'H', LayoutOffset, value), $"The layout {value}.");
            Agree(FileSections.WithByte(file, 'H', BitDepthOffset, value), $"The bit depth {value}.");
        }
    }

    /// <summary>Section 2.6.2: where a digest may stand; sections of an unknown type may stand anywhere.</summary>
    [Theory]
    [InlineData("digest-tiles-300x520")]
    [InlineData("repeats-1x1")]
    [InlineData("near-ramp-90x70")]
    [InlineData("lossy-alpha-deep-grey-150x100")]
    public void BothDecodersWantTheDigestInTheSamePlace(string name)
    {
        byte[] file = File(name);
        byte[] digest = [(byte)'D', 0, 32, 0, 0, 0, .. new byte[38]];
        FileSections.Repair(digest, 0, 32);
        foreach ((int section, _) in FileSections.Of(file))
        {
            // Behind the index nothing but this one section has moved, and before it the index is wrong too.
            byte[] changed = [.. file.AsSpan(0, section), .. digest, .. file.AsSpan(section)];
            Agree(changed, $"A digest at {section}.");
        }
    }

    private static byte[] File(string name) => name switch
    {
        "lossless-alpha" => GeneratedFile.Encode(Definition(PixelLayout.Rgba64) with { Lossless = true }),
        "latents-and-alpha" => GeneratedFile.Encode(Definition(PixelLayout.Rgba64) with { Effort = 1 }),
        "samples-and-alpha" => GeneratedFile.Encode(Definition(PixelLayout.GrayAlpha32)),
        "near-deep-grey" => GeneratedFile.Encode(Definition(PixelLayout.Gray16) with { MaxError = 2 }),
        _ => System.IO.File.ReadAllBytes(VectorRecord.StreamPath(name)),
    };

    private static VectorDefinition Definition(PixelLayout layout) => new("generated", "page", 31, 12, layout, 50) { BitDepth = 12, Effort = 2 };

    /// <summary>Demands the same verdict.</summary>
    private static string Compare(byte[] file, string what)
    {
        string verdict = BothDecoders.VerdictOfTheCodec(file);
        Assert.True(verdict == BothDecoders.VerdictOfSecondDecoder(file), $"{what} {Short(verdict)} and {Short(BothDecoders.VerdictOfSecondDecoder(file))}.");
        return verdict;
    }

    /// <summary>Demands the same pixels or that both refuse: files with several faults.</summary>
    private static string Agree(byte[] file, string what)
    {
        string pixels = BothDecoders.ByTheCodec(file);
        Assert.True(pixels == BothDecoders.BySecondDecoder(file), $"{what} {Short(pixels)} and {Short(BothDecoders.BySecondDecoder(file))}.");
        return pixels;
    }

    private static string Short(string verdict) => verdict[..Math.Min(verdict.Length, 20)];
}
