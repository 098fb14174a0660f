using System.Security.Cryptography;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Pictures;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.Vectors;

namespace VaeCodec.Conformance.Tests.SecondDecoder;

/// <summary>
/// The specification says all that a decoder needs: one that was written from it alone gives the symbols and the pixels
/// of every vector, and of streams that the codec writes.
/// </summary>
public class SecondDecoderTests
{
    private static readonly Lazy<ModelFile[]> s_models
        = new(() => [.. new[] { FrozenModel.Direct, FrozenModel.Winograd }.Select(name => ModelFile.Load(File.ReadAllBytes(FrozenModel.PathOf(name))))]);

    public static TheoryData<string> Names => VectorCatalogue.Names;

    /// <summary>Kind of picture, width, height, samples of a pixel, quality (0: lossless), effort, model.</summary>
    public static TheoryData<string, int, int, int, int, int, string> Pictures => new()
    {
        { "scene", 331, 66, 3, 63, 2, FrozenModel.Direct },
        { "scene", 66, 331, 3, 12, 2, FrozenModel.Winograd },
        { "noise", 257, 1, 1, 97, 1, FrozenModel.Winograd },
        { "checks", 40, 260, 1, 82, 2, FrozenModel.Direct },
        { "scene", 275, 70, 3, 0, 1, FrozenModel.Direct },
        { "noise", 2, 300, 1, 0, 1, FrozenModel.Direct },
        { "checks", 258, 3, 3, 0, 1, FrozenModel.Direct },
        { "flat", 64, 64, 3, 0, 1, FrozenModel.Direct },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void DecodesTheVectors(string name)
    {
        VectorRecord record = VectorRecord.Read(name);
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath(name));
        DecodedFile decoded = FileDecoder.Decode(file, s_models.Value);
        Header header = decoded.Container.Header;
        Assert.Equal((record.Width, record.Height, record.Layout), (header.Width, header.Height, header.Channels == 1 ? "gray8" : "rgb24"));
        Assert.Equal((record.Quality, record.TileSize, record.Tiles), (header.Quality, header.TileSide, decoded.Container.Tiles.Count));
        Assert.Equal(record.SymbolsSha256, Hash(decoded.SymbolBytes));
        Assert.Equal(record.PixelsSha256, Hash(decoded.PixelBytes));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CarriesWhatTheVectorsCarry(string name)
    {
        PictureDescription picture = VectorCatalogue.Describe(VectorCatalogue.Find(name));
        Container container = ContainerReader.Read(File.ReadAllBytes(VectorRecord.StreamPath(name)), new Limits());
        Assert.Equal(picture.Metadata.IccProfile, container.Metadata.GetValueOrDefault(SectionTypes.IccProfile));
        Assert.Equal(picture.Metadata.Exif, container.Metadata.GetValueOrDefault(SectionTypes.Exif));
        Assert.Equal(picture.Metadata.Xmp, container.Metadata.GetValueOrDefault(SectionTypes.Xmp));
        byte[] colour = container.Header.Colour;
        Assert.Equal(picture.Colour, new ColourCodePoints(colour[0], colour[1], colour[2], colour[3] == 1));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void AgreesWithTheCodec(string kind, int width, int height, int samples, int quality, int effort, string modelName)
    {
        PixelLayout layout = samples == 1 ? PixelLayout.Gray8 : PixelLayout.Rgb24;
        VectorDefinition definition = new("generated", kind, width, height, layout, quality) { TileSize = 256, Lossless = quality == 0 };
        VaeModel model = FrozenModel.On(Models.Cpu.CpuPaths.Widest, modelName);
        byte[] pixels = TestPicture.Create(kind, width, height, layout);
        byte[] file = VaeEncoder.Encode(new PictureDescription(width, height, layout), pixels, definition.Options(model) with { Effort = effort });
        byte[] expected = VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model] }).Pixels;
        Assert.Equal(expected, FileDecoder.Decode(file, s_models.Value).PixelBytes);
        Assert.Equal(definition.Lossless, pixels.AsSpan().SequenceEqual(expected));
    }

    [Theory]
    [InlineData("pixel-1x1")]
    [InlineData("lossless-1x1")]
    public void FindsEveryFlippedBit(string name)
    {
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath(name));
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<DecodingException>(() => FileDecoder.Decode(file, s_models.Value));
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("pixel-1x1")]
    [InlineData("lossless-1x1")]
    public void FindsEveryCut(string name)
    {
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath(name));
        for (int length = 0; length < file.Length; length++)
        {
            DecodingException cut = Assert.Throws<DecodingException>(() => FileDecoder.Decode(file[..length], s_models.Value));
            Assert.Equal(FailureKind.Truncated, cut.Kind);
        }

        DecodingException trailing = Assert.Throws<DecodingException>(() => FileDecoder.Decode([.. file, 0], s_models.Value));
        Assert.Equal(FailureKind.TrailingData, trailing.Kind);
    }

    [Fact]
    public void NeedsTheModelThatTheHeaderNames()
    {
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath("pixel-1x1"));
        DecodingException missing = Assert.Throws<DecodingException>(() => FileDecoder.Decode(file, s_models.Value[1]));
        Assert.Equal(FailureKind.ModelMissing, missing.Kind);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
