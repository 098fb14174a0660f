using System.Security.Cryptography;
using VaeCodec.Conformance.Tests.Frozen;
using VaeCodec.Conformance.Tests.Support;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;

namespace VaeCodec.Conformance.Tests.Vectors;

/// <summary>
/// The two guarantees against the golden vectors: same symbols everywhere, same pixels on every CPU path and with every
/// number of threads. A difference is a change of the format, whatever caused it.
/// </summary>
public class GoldenTests
{
    private const int MostThreads = 3;

    public static TheoryData<string> Names => VectorCatalogue.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task DecodesToTheSameSymbolsAndPixels(string name)
    {
        VectorRecord record = VectorRecord.Read(name);
        byte[] file = await File.ReadAllBytesAsync(VectorRecord.StreamPath(name));
        Assert.Equal(record.FileSha256, Hash(file));
        Assert.Equal(record.FileBytes, file.Length);
        foreach (CpuPath path in FrozenModel.SupportedPaths)
        {
            VaeModel model = FrozenModel.On(path, VectorCatalogue.Find(name).Model);
            Assert.True(record.SymbolsSha256 == await StreamSymbols.HashAsync(file, model), $"Other symbols on the {path} path.");
            for (int threads = 1; threads <= MostThreads; threads++)
            {
                DecodedPicture decoded = VaeDecoder.Decode(file, new VaeDecoderOptions { Models = [model], Threads = threads });
                Assert.True(record.PixelsSha256 == Hash(decoded.Pixels), $"Other pixels on the {path} path with {threads} threads.");
                Assert.Equal((record.Width, record.Height), (decoded.Picture.Width, decoded.Picture.Height));
                Assert.Equal(record.Layout, VectorRecord.LayoutName(decoded.Picture.Layout));
                Assert.Equal(record.BitDepth, decoded.Picture.BitDepth);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EncodesToTheSameFile(string name)
    {
        VectorDefinition definition = VectorCatalogue.Find(name);
        byte[] golden = await File.ReadAllBytesAsync(VectorRecord.StreamPath(name));
        foreach (CpuPath path in FrozenModel.SupportedPaths)
        {
            for (int threads = 1; threads <= MostThreads; threads++)
            {
                byte[] file = definition.Encode(FrozenModel.On(path, definition.Model), threads);
                Assert.True(golden.AsSpan().SequenceEqual(file), $"Another file on the {path} path with {threads} threads.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task RecordsSayWhatTheHeaderSays(string name)
    {
        VectorRecord record = VectorRecord.Read(name);
        VectorDefinition definition = VectorCatalogue.Find(name);
        using FileStream stream = File.OpenRead(VectorRecord.StreamPath(name));
        VaeImageInfo info = await VaeImageInfo.ReadAsync(stream);
        Assert.Equal((record.Width, record.Height), (info.Picture.Width, info.Picture.Height));
        Assert.Equal((record.Quality, record.TileSize, record.Tiles), (info.Quality, info.TileSize, info.TileColumns * info.TileRows));
        VaeModel model = FrozenModel.On(CpuPaths.Widest, definition.Model);
        Assert.Equal(definition.CodesSamples ? ("lossless", new string('0', 64)) : (model.Name, model.Identity), (info.ModelName, info.ModelIdentity));
        Assert.Equal((definition.Lossless, definition.Major, definition.Minor), (info.IsLossless, info.MajorVersion, info.MinorVersion));
        Assert.Equal((definition.MaxError, definition.BitDepth, definition.AlphaQuality < 100), (info.MaxError, info.Picture.BitDepth, info.MaxAlphaError > 0));
        PictureDescription expected = VectorCatalogue.Describe(definition);
        Assert.Equal(expected.Colour, info.Picture.Colour);
        Assert.Equal(expected.Metadata.IccProfile, info.Picture.Metadata.IccProfile);
        Assert.Equal(expected.Metadata.Exif, info.Picture.Metadata.Exif);
        Assert.Equal(expected.Metadata.Xmp, info.Picture.Metadata.Xmp);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LosslessVectors_AreTheirPictures(string name)
    {
        VectorDefinition definition = VectorCatalogue.Find(name);
        string picture = Hash(definition.Pixels());
        bool same = picture == VectorRecord.Read(name).PixelsSha256;

        // A mixed file may happen to lose nothing.
        Assert.True(definition.Lossless ? same : !same || definition.Effort > 1);
        if (definition.MaxError > 0)
        {
            CheckBounds(definition);
        }
    }

    [Fact]
    public void TheFolderHoldsTheCatalogueAndNothingElse()
    {
        string[] expected =
        [
            "README.md", "frozen.vaemodel", "frozen-winograd.vaemodel",
            .. VectorCatalogue.All.Select(definition => definition.Name + ".vae"), .. VectorCatalogue.All.Select(definition => definition.Name + ".json"),
        ];
        string[] found = [.. Directory.GetFiles(Repository.Vectors).Select(path => Path.GetFileName(path))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        long bytes = VectorCatalogue.All.Sum(definition => new FileInfo(VectorRecord.StreamPath(definition.Name)).Length);
        Assert.True(bytes < 1_200_000, $"The streams take {bytes} bytes.");
    }

    /// <summary>No sample is further off than the file says; of alpha both ends are exact.</summary>
    private static void CheckBounds(VectorDefinition definition)
    {
        byte[] original = definition.Pixels(), file = File.ReadAllBytes(VectorRecord.StreamPath(definition.Name));
        byte[] decoded = VaeDecoder.Decode(file).Pixels;
        Assert.Equal(original.Length, decoded.Length);
        int bytes = definition.Layout.BytesPerSample(), channels = definition.Layout.Channels(), most = (1 << definition.BitDepth) - 1;
        int alphaBound = ErrorBounds.OfAlpha(definition.AlphaQuality, most);
        for (int i = 0; i < original.Length; i += bytes)
        {
            int Value(byte[] samples) => bytes == 1 ? samples[i] : samples[i] | (samples[i + 1] << 8);
            bool alpha = definition.Layout.HasAlpha() && i / bytes % channels == channels - 1;
            int value = Value(original), off = Math.Abs(value - Value(decoded));
            int bound = !alpha ? definition.MaxError : value == 0 || value == most ? 0 : alphaBound;
            Assert.True(off <= bound, $"A sample of {(alpha ? "alpha" : "colour")} is {off} levels off.");
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
