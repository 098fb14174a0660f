using VaeCodec.Lossless;
using VaeCodec.Tests.Support;
using VaeCodec.Tiles;

namespace VaeCodec.Tests.Tiles;

public class PageTilesTests
{
    [Theory]
    [InlineData(1, 1024)]
    [InlineData(600, 1024)]
    [InlineData(1080, 1088)]
    [InlineData(1536, 1536)]
    [InlineData(1537, 1024)]
    [InlineData(2560, 1280)]
    [InlineData(3840, 1280)]
    [InlineData(1 << 20, 1536)]
    public void Side_IsEven_AndWithinItsRange(int width, int side) => Assert.Equal(side, PageTiles.Side(width));

    [Fact]
    public async Task Pages_GetLargeTiles_UnlessASizeIsAskedFor()
    {
        VaeEncoderOptions networks = new() { Model = SmallModel.Instance }, samples = new() { Lossless = true };
        (PictureDescription picture, byte[] photo) = TestPicture.Create(1100, 40);
        byte[] page = Page(picture);
        Assert.Equal((512, 1024), (await TileSizeAsync(picture, photo, networks), await TileSizeAsync(picture, photo, samples)));
        Assert.Equal((1152, 1152), (await TileSizeAsync(picture, page, networks), await TileSizeAsync(picture, page, samples)));
        Assert.Equal((512, 1024), (await TileSizeAsync(picture, page, networks with { Effort = 1 }), await TileSizeAsync(picture, page, samples with { Effort = 1 })));
        Assert.Equal(256, await TileSizeAsync(picture, page, networks with { TileSize = 256 }));
    }

    [Fact]
    public async Task WhereMemoryIsShort_PagesKeepSmallTiles()
    {
        (PictureDescription picture, _) = TestPicture.Create(1500, 1100);
        byte[] page = Page(picture);
        VaeEncoderOptions options = new() { Model = SmallModel.Instance, Threads = 1 };
        long least = 0;
        for (long most = 4_000_000; least == 0; most += 2_000_000)
        {
            try
            {
                int side = await TileSizeAsync(picture, page, options with { Limits = new VaeLimits { MaxMemoryBytes = most } });
                Assert.Equal(512, side);
                least = most;
            }
            catch (VaeLimitException)
            {
            }
        }

        Assert.Equal(1536, await TileSizeAsync(picture, page, options));
    }

    /// <summary>Just at and just below what decides about tiles, the file is that of one thread, and it decodes alike with as many as are asked for.</summary>
    [Fact]
    public async Task WhereMemoryIsShort_ThreadsDoNotShowEither()
    {
        (PictureDescription picture, _) = TestPicture.Create(2500, 300);
        byte[] page = Page(picture);
        VaeEncoderOptions options = new() { Model = SmallModel.Instance, Quality = 40 }, large = options with { TileSize = 1280 };
        long Decode(int tileSize) => CodecMemory.DecodeBytes(SmallModel.Instance, picture, tileSize, 1, 1) + CodecMemory.MixedBytes(SmallModel.Instance, picture, tileSize, 1, 1);
        long small = Math.Max(CodecMemory.EncodeBytes(SmallModel.Instance, picture, options, 1) + TileChoice.Bytes(SmallModel.Instance, picture, 512, 1, 1), Decode(512));
        long tiles = Math.Max(CodecMemory.EncodeBytes(SmallModel.Instance, picture, large, 1) + TileChoice.Bytes(SmallModel.Instance, picture, 1280, 1, 1) + PageTiles.HeldBytes(picture), Decode(1280));
        Assert.True(small < tiles);
        Assert.Equal((512, false), await DecideAsync(small - 1));
        Assert.Equal((512, true), await DecideAsync(small));
        Assert.Equal((512, true), await DecideAsync(tiles - 1));
        Assert.Equal((1280, true), await DecideAsync(tiles));
        Assert.Equal((1280, true), await DecideAsync(2 * tiles));

        async Task<(int TileSize, bool Samples)> DecideAsync(long most)
        {
            VaeLimits limits = new() { MaxMemoryBytes = most };
            byte[] file = VaeEncoder.Encode(picture, page, options with { Limits = limits, Threads = 1 });
            Assert.Equal(file, VaeEncoder.Encode(picture, page, options with { Limits = limits, Threads = 7 }));
            int tileSize = (await VaeImageInfo.ReadAsync(new MemoryStream(file))).TileSize;
            VaeDecoderOptions decoding = SmallModel.Decoding() with { Limits = new VaeLimits { MaxMemoryBytes = Math.Min(most, Decode(tileSize)) } };
            Assert.Equal(VaeDecoder.Decode(file, decoding with { Threads = 1 }).Pixels, VaeDecoder.Decode(file, decoding with { Threads = 16 }).Pixels);
            VaeVerification verification = await VaeVerifier.VerifyAsync(new MemoryStream(file), decoding with { Threads = 16 });
            Assert.True(verification.IsSound && verification.SymbolsDecoded);
            return (tileSize, FileSections.Offsets(file, 'T').Exists(offset => file[offset + 16] == 1));
        }
    }

    private static byte[] Page(PictureDescription picture)
    {
        byte[] pixels = new byte[picture.RowBytes * picture.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i / 3 % picture.Width / 7 * 13 % 5 == 0 && i / picture.RowBytes / 9 % 2 == 0 ? 20 : 250);
        }

        return pixels;
    }

    private static async Task<int> TileSizeAsync(PictureDescription picture, byte[] pixels, VaeEncoderOptions options)
    {
        byte[] file = VaeEncoder.Encode(picture, pixels, options);
        Assert.Equal(pixels.Length, VaeDecoder.Decode(file, SmallModel.Decoding()).Pixels.Length);
        return (await VaeImageInfo.ReadAsync(new MemoryStream(file))).TileSize;
    }
}
