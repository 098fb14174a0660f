using System.Globalization;
using System.Security.Cryptography;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Pictures;
using VaeCodec.Conformance.Tests.SecondDecoder.Containers;
using VaeCodec.Conformance.Tests.SecondDecoder.ModelFiles;
using VaeCodec.Conformance.Tests.Vectors;
using VaeCodec.Models.Cpu;

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

    /// <summary>The same with effort 2, where tiles choose; and the ways that they choose, a digit for each tile.</summary>
    public static TheoryData<string, int, int, int, int, string, string> PicturesThatChoose => new()
    {
        { "page", 270, 75, 3, 55, FrozenModel.Direct, "11" },
        { "page", 75, 270, 1, 20, FrozenModel.Winograd, "11" },
        { "half-page", 530, 40, 3, 80, FrozenModel.Winograd, "122" },
        { "half-page", 600, 260, 1, 45, FrozenModel.Direct, "122122" },
        { "half-page", 1030, 3, 3, 10, FrozenModel.Direct, "11222" },
        { "noise", 60, 45, 1, 70, FrozenModel.Direct, "1" },
        { "flat", 300, 9, 3, 50, FrozenModel.Direct, "11" },
        { "page", 1, 70, 3, 50, FrozenModel.Direct, "2" },
        { "page", 260, 80, 3, 0, FrozenModel.Direct, "11" },
        { "page", 7, 258, 1, 0, FrozenModel.Direct, "11" },
        { "half-page", 520, 20, 3, 0, FrozenModel.Direct, "111" },
        { "noise", 33, 40, 3, 0, FrozenModel.Direct, "1" },
        { "texture", 140, 90, 3, 0, FrozenModel.Direct, "1" }, // of colours enough for eight on offer
        { "scene", 261, 23, 1, 0, FrozenModel.Direct, "11" },
    };

    /// <summary>Kind of picture, width, height, layout, bits of a sample, quality (0: samples), maxError, quality of alpha, effort.</summary>
    public static TheoryData<string, int, int, PixelLayout, int, int, int, int, int> PicturesOfVersion4 => new()
    {
        { "page", 260, 21, PixelLayout.Rgba32, 8, 0, 0, 100, 2 },
        { "scene", 3, 258, PixelLayout.GrayAlpha16, 8, 0, 0, 100, 1 },
        { "texture", 90, 40, PixelLayout.Rgb48, 16, 0, 0, 100, 2 },
        { "page", 80, 41, PixelLayout.Rgba64, 14, 0, 0, 100, 2 },
        { "noise", 30, 30, PixelLayout.GrayAlpha32, 16, 0, 0, 100, 1 },
        { "scene", 61, 33, PixelLayout.Rgba64, 16, 0, 1000, 30, 1 },
        { "page", 70, 30, PixelLayout.Rgba32, 8, 0, 9, 100, 2 },
        { "checks", 50, 50, PixelLayout.Gray16, 9, 0, 255, 100, 2 },
        { "half-page", 520, 30, PixelLayout.Rgba64, 16, 40, 0, 70, 2 },
        { "half-page", 516, 12, PixelLayout.GrayAlpha16, 8, 70, 0, 20, 2 },
        { "page", 300, 9, PixelLayout.Gray16, 12, 50, 0, 100, 1 },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void DecodesTheVectors(string name)
    {
        VectorRecord record = VectorRecord.Read(name);
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath(name));
        DecodedFile decoded = FileDecoder.Decode(file, s_models.Value);
        Header header = decoded.Container.Header;
        Assert.Equal((record.Width, record.Height, record.Layout), (header.Width, header.Height, LayoutName(header)));
        Assert.Equal(record.BitDepth, header.BitDepth);
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
        byte[] file = GeneratedFile.Encode(kind, width, height, samples, quality, effort, modelName);
        Compare(file, kind, samples, modelName, quality == 0);
    }

    [Theory]
    [MemberData(nameof(PicturesThatChoose))]
    public void AgreesWhereTilesChoose(string kind, int width, int height, int samples, int quality, string modelName, string ways)
    {
        byte[] file = GeneratedFile.Encode(kind, width, height, samples, quality, 2, modelName);
        DecodedFile decoded = Compare(file, kind, samples, modelName, quality == 0);
        Assert.Equal(ways, GeneratedFile.Ways(decoded.Container));
    }

    /// <summary>Alpha, samples of more than 8 bits, and bounds of errors.</summary>
    [Theory]
    [MemberData(nameof(PicturesOfVersion4))]
    public void AgreesOnVersion4(string kind, int width, int height, PixelLayout layout, int bitDepth, int quality, int maxError, int alphaQuality, int effort)
    {
        VectorDefinition definition = new("generated", kind, width, height, layout, Math.Max(quality, 1))
        {
            TileSize = 256, BitDepth = bitDepth, Lossless = quality == 0 && maxError == 0, MaxError = maxError, AlphaQuality = alphaQuality, Effort = effort,
            Spread = kind == "page", Digest = quality == 0 && maxError == 0,
        };
        byte[] file = GeneratedFile.Encode(definition);
        byte[] expected = VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [FrozenModel.Default] }).Pixels;
        DecodedFile decoded = FileDecoder.Decode(file, s_models.Value);
        Assert.Equal(expected, decoded.PixelBytes);
        Assert.Equal(definition.Lossless, decoded.Container.Digest is not null);
        Assert.True(!definition.Lossless || definition.Pixels().AsSpan().SequenceEqual(expected));
    }

    [Theory]
    [InlineData("pixel-1x1")]
    [InlineData("lossless-1x1")]
    [InlineData("repeats-1x1")]
    [InlineData("digest-1x1")]
    [InlineData("deep-1x1")]
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
    [InlineData("repeats-1x1")]
    [InlineData("digest-1x1")]
    [InlineData("deep-1x1")]
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

    /// <summary>Also for a file whose one tile is of samples.</summary>
    [Theory]
    [InlineData("pixel-1x1", "2")]
    [InlineData("mixed-page-300x200", "1")]
    public void NeedsTheModelThatTheHeaderNames(string name, string ways)
    {
        byte[] file = File.ReadAllBytes(VectorRecord.StreamPath(name));
        Assert.Equal(ways, GeneratedFile.Ways(ContainerReader.Read(file, new Limits())));
        DecodingException missing = Assert.Throws<DecodingException>(() => FileDecoder.Decode(file, s_models.Value[1]));
        Assert.Equal(FailureKind.ModelMissing, missing.Kind);
        VaeDecoderOptions other = new() { Models = [FrozenModel.On(CpuPaths.Widest, FrozenModel.Winograd)] };
        Assert.ThrowsAny<VaeException>(() => VaeDecoder.Decode(file, other));
    }

    /// <summary>Decodes a file with both.</summary>
    private static DecodedFile Compare(byte[] file, string kind, int samples, string modelName, bool lossless)
    {
        byte[] expected = VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [FrozenModel.On(CpuPaths.Widest, modelName)] }).Pixels;
        DecodedFile decoded = FileDecoder.Decode(file, s_models.Value);
        Assert.Equal(expected, decoded.PixelBytes);
        Header header = decoded.Container.Header;
        byte[] picture = TestPicture.Create(kind, header.Width, header.Height, samples == 1 ? PixelLayout.Gray8 : PixelLayout.Rgb24);
        Assert.True(!lossless || picture.AsSpan().SequenceEqual(expected));
        return decoded;
    }

    /// <summary>The records' name of a layout: the kinds of samples and the bits that a pixel takes in memory.</summary>
    private static string LayoutName(Header header)
    {
        string kinds = (header.Colours == 1 ? "gray" : "rgb") + (header.HasAlpha ? header.Colours == 1 ? "alpha" : "a" : string.Empty);
        return kinds + (header.Channels * (header.BitDepth == 8 ? 8 : 16)).ToString(CultureInfo.InvariantCulture);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
