using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Lossless;

public class LosslessPictureTests
{
    private static readonly VaeEncoderOptions s_options = new() { Lossless = true, TileSize = 256 };
    private static readonly (PictureDescription Picture, byte[] Pixels) s_picture = TestPicture.Create(600, 530);
    private static readonly byte[] s_file = VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, s_options);

    [Theory]
    [InlineData(1, 1, PixelLayout.Rgb24)]
    [InlineData(257, 3, PixelLayout.Rgb24)]
    [InlineData(3, 300, PixelLayout.Gray8)]
    [InlineData(300, 520, PixelLayout.Gray8)]
    public void EverySample_ComesBack(int width, int height, PixelLayout layout)
    {
        (PictureDescription picture, byte[] pixels) = TestPicture.Create(width, height, layout);
        DecodedPicture decoded = VaeDecoder.Decode(VaeEncoder.Encode(picture, pixels, s_options));
        Assert.Equal((width, height, layout), (decoded.Picture.Width, decoded.Picture.Height, decoded.Picture.Layout));
        Assert.Equal(pixels, decoded.Pixels);
    }

    [Fact]
    public void ThreadsDoNotShow()
    {
        for (int threads = 1; threads < 4; threads++)
        {
            Assert.Equal(s_file, VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, s_options with { Threads = threads }));
            Assert.Equal(s_picture.Pixels, VaeDecoder.Decode(s_file, new VaeDecoderOptions { Threads = threads }).Pixels);
        }
    }

    [Fact]
    public async Task TheFile_SaysWhatItIs()
    {
        VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(s_file));
        Assert.Equal((true, 100, 1, 0, "lossless"), (info.IsLossless, info.Quality, info.MajorVersion, info.MinorVersion, info.ModelName));
        Assert.Equal((true, true), await Kind(s_options));
        Assert.Equal((true, false), await Kind(s_options with { Effort = 1 }));
        Assert.Equal((false, true), await Kind(SmallModel.Encoding()));
        Assert.Equal((false, false), await Kind(SmallModel.Encoding() with { Effort = 1 }));

        static async Task<(bool Lossless, bool Mixed)> Kind(VaeEncoderOptions options)
        {
            VaeImageInfo info = await VaeImageInfo.ReadAsync(new MemoryStream(VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, options)));
            return (info.IsLossless, info.MixedTiles);
        }
    }

    [Fact]
    public async Task Bands_AreRowsOfTiles()
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file));
        List<int> rows = [];
        List<byte> pixels = [];
        while (await decoder.ReadBandAsync() is { } band)
        {
            Assert.Equal(rows.Sum(), band.FirstRow);
            rows.Add(band.RowCount);
            pixels.AddRange(band.Rows.Span);
        }

        Assert.Equal([256, 256, 18], rows);
        Assert.Equal(s_picture.Pixels, pixels);
    }

    [Fact]
    public async Task EveryDamagedTile_IsSeen_AndOnlyThatIsLost()
    {
        List<int> tiles = FileSections.Offsets(s_file, 'T');
        for (int tile = 0; tile < tiles.Count; tile++)
        {
            byte[] damaged = [.. s_file];
            damaged[tiles[tile] + 40] ^= 4;
            Assert.Throws<VaeFormatException>(() => VaeDecoder.Decode(damaged));
            await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(damaged), new VaeDecoderOptions { AllowPartial = true });
            MemoryRowSink sink = new();
            await decoder.CopyToAsync(sink);
            Assert.Equal([(tile % 3, tile / 3)], decoder.LostTiles.Select(lost => (lost.Column, lost.Row)));
            for (int i = 0; i < sink.Pixels.Length; i++)
            {
                (int x, int y) = (i / 3 % 600 / 256, i / 1800 / 256);
                if ((y * 3) + x != tile)
                {
                    Assert.Equal(s_picture.Pixels[i], sink.Pixels[i]);
                }
                else
                {
                    // What is lost continues the row above it; at the top there is middle grey.
                    byte made = y > 0 ? sink.Pixels[(((y * 256) - 1) * 1800) + (i % 1800)] : (byte)128;
                    Assert.Equal(made, sink.Pixels[i]);
                }
            }
        }
    }

    [Fact]
    public async Task Verification_ReadsLosslessFiles()
    {
        VaeVerification sound = await VaeVerifier.VerifyAsync(new MemoryStream(s_file));
        Assert.Empty(sound.Problems);
        Assert.Equal((9, true), (sound.IntactTiles, sound.SymbolsDecoded));
    }

    [Fact]
    public void MemoryLimits_AreKept()
        => Assert.Throws<VaeLimitException>(() => VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, s_options with { Limits = new VaeLimits { MaxMemoryBytes = 20 << 20 } }));
}
