using VaeCodec.Inspection;
using VaeCodec.Tests.Deep;
using VaeCodec.Tests.Support;
using Xunit;

namespace VaeCodec.Tests.Inspection;

public class PictureInspectorTests
{
    private static readonly VaeDecoderOptions s_options = SmallModel.Decoding();

    /// <summary>What probabilities say that symbols take is what the coder takes, but for some bytes at its end and a thousandth.</summary>
    [Theory]
    [InlineData(PixelLayout.Rgb24, 90, 2)]
    [InlineData(PixelLayout.Gray8, 30, 1)]
    [InlineData(PixelLayout.Rgba32, 60, 2)]
    public async Task BitsAreThoseOfTheFile(PixelLayout layout, int quality, int effort)
    {
        DeepPicture sample = DeepPicture.Create(600, 300, layout, 8);
        (PictureDescription picture, byte[] pixels) = (sample.Picture, sample.Pixels);
        byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding(quality) with { Effort = effort });
        PictureInspection inspection = await PictureInspector.InspectAsync(new MemoryStream(file), s_options);
        Assert.Equal(file.Length, inspection.FileBytes);
        Assert.Equal(file.Length, inspection.Sections.Sum(section => section.Bytes));
        Assert.Equal(inspection.Info.TileCount, inspection.Tiles.Count);
        Assert.Equal(inspection.Sections.Single(section => section.Name == "tiles").Bytes, inspection.Tiles.Sum(tile => tile.CodedBytes + 20L));
        foreach (TileInspection tile in inspection.Tiles)
        {
            Assert.Equal((TileKind.Latents, layout == PixelLayout.Rgba32), (tile.Kind, tile.AlphaBytes > 0));
            Assert.InRange((8.0 * (tile.CodedBytes - tile.AlphaBytes)) - tile.LatentBits, 0, 160 + (0.005 * tile.LatentBits));
        }

        LatentInspection latents = inspection.Latents!;
        Assert.Equal((40, 20), (latents.Width, latents.Height));
        double all = inspection.Tiles.Sum(tile => tile.LatentBits + (8.0 * tile.AlphaBytes));
        Assert.Equal(all, latents.Bits.Sum(bits => (double)bits), all * 1e-4);
        Assert.Equal(inspection.Tiles.Sum(tile => tile.FirstPassBits + tile.SecondPassBits), latents.ChannelBits.Sum(), all * 1e-6);
        Assert.Equal(inspection.Tiles.Sum(tile => tile.NonZeros), latents.ChannelNonZeros.Sum());
        Assert.Equal(latents.Channels * latents.SymbolsOfAChannel, inspection.Tiles.Sum(tile => tile.Symbols));
        Assert.InRange(inspection.Sparsity!.Value, 0, 1);
        Assert.All(latents.Expected, bits => Assert.InRange(bits, 0, 16f * latents.Channels));
    }

    [Fact]
    public async Task FilesOfSamples_HaveTilesAlone()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(300, 270);
        byte[] file = VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Lossless = true, TileSize = 256 });
        PictureInspection inspection = await PictureInspector.InspectAsync(new MemoryStream(file));
        Assert.Equal((4, null, null), (inspection.Tiles.Count, inspection.Latents, inspection.Sparsity));
        Assert.All(inspection.Tiles, tile => Assert.True(tile.Kind != TileKind.Latents && tile.Symbols == 0));
        Assert.Contains(inspection.Sections, section => section is { Name: "digest", Count: 1, Bytes: 44 });
    }

    [Fact]
    public async Task TheStreamIsReadyToBeReadAgain()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(100, 70);
        using MemoryStream file = new(VaeEncoder.Encode(picture, pixels, SmallModel.Encoding()));
        await PictureInspector.InspectAsync(file, s_options);
        Assert.Equal(VaeDecoder.Decode(file.ToArray(), SmallModel.Decoding()).Pixels, (await StagedDecoder.DecodeAsync(file, PreviewStage.Whole, s_options)).Pixels);
    }

    /// <summary>The maps of the whole picture count, too.</summary>
    [Fact]
    public async Task MemoryOfTheMapsIsLimited()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(64, 8000);
        byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding() with { Effort = 1 });
        long decode = CodecMemory.DecodeBytes(SmallModel.Instance, picture, 256, 1, 1);
        VaeDecoderOptions At(long bytes) => s_options with { Limits = new VaeLimits { MaxMemoryBytes = bytes } };
        Assert.Contains("Inspecting", (await Assert.ThrowsAsync<VaeLimitException>(() => PictureInspector.InspectAsync(new MemoryStream(file), At(decode + (8 * 4 * 500) - 1)))).Message, StringComparison.Ordinal);
        await PictureInspector.InspectAsync(new MemoryStream(file), At(decode + (8 * 4 * 500)));
    }

    [Fact]
    public async Task DamageIsNotInspected()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(100, 70);
        byte[] file = VaeEncoder.Encode(picture, pixels, SmallModel.Encoding());
        await Assert.ThrowsAsync<VaeFormatException>(() => PictureInspector.InspectAsync(new MemoryStream(file[..^5]), s_options));
        await Assert.ThrowsAsync<VaeModelException>(() => PictureInspector.InspectAsync(new MemoryStream(file)));
        await Assert.ThrowsAsync<VaeLimitException>(() => PictureInspector.InspectAsync(new MemoryStream(file), s_options with { Limits = new VaeLimits { MaxPixels = 100 } }));
    }

    /// <summary>Each part brings the picture nearer; with all of them it is that of a decode.</summary>
    [Fact]
    public async Task StagesComeNearer()
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(256, 192);
        byte[] file = VaeEncoder.Encode(picture, pixels, new VaeEncoderOptions { Quality = 60, Effort = 1 });
        double[] distances = new double[2];
        byte[] whole = VaeDecoder.Decode(file).Pixels;
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = TestPicture.Psnr((await StagedDecoder.DecodeAsync(new MemoryStream(file), (PreviewStage)i)).Pixels, whole);
        }

        Assert.True(distances[0] > 5 && distances[1] > distances[0] + 1, $"{distances[0]} dB, {distances[1]} dB");
        Assert.Equal(whole, (await StagedDecoder.DecodeAsync(new MemoryStream(file), PreviewStage.Whole)).Pixels);
    }

    /// <summary>A basis picture changes where its latent lies; the first channel of the linear path is a square of one colour.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(320)]
    [InlineData(1_000_000_000)]
    public void ChannelsThatAModelLacks_AreRefused(int channel)
        => Assert.Throws<ArgumentOutOfRangeException>(() => BasisPictures.Draw(VaeModel.Standard, 50, [0, channel]));

    [Fact]
    public void BasisPictures_AreDrawnAroundTheMiddle()
    {
        IReadOnlyList<byte[]> pictures = BasisPictures.Draw(VaeModel.Standard, 50, [0, 5, 200]);
        Assert.All(pictures, picture =>
        {
            Assert.Equal(BasisPictures.Side * BasisPictures.Side * 3, picture.Length);
            Assert.Equal(127, picture.Max(value => Math.Abs(value - 128)));
        });
        byte[] flat = pictures[0];
        int Change(int x, int y) => Math.Abs(flat[((y * BasisPictures.Side) + x) * 3] - 128);
        Assert.True(Change(24, 24) > 100 && Change(18, 30) > 100 && Change(3, 3) < 20, $"{Change(24, 24)}, {Change(18, 30)}, {Change(3, 3)}");
    }
}
