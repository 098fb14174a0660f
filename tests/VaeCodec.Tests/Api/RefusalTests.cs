using System.IO.Pipelines;
using VaeCodec.Tests.Support;

namespace VaeCodec.Tests.Api;

public class RefusalTests
{
    private static readonly (PictureDescription Picture, byte[] Pixels) s_picture = TestPicture.Create(260, 600);
    private static readonly byte[] s_file = VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, SmallModel.Encoding());

    [Theory]
    [InlineData(1 << 20, 1 << 20, 1L << 30, 2L << 30)]
    [InlineData((1 << 20) + 1, 1, 1L << 30, 2L << 30)]
    [InlineData(1, (1 << 20) + 1, 1L << 30, 2L << 30)]
    [InlineData(1000, 1000, 999_999L, 2L << 30)]
    [InlineData(5000, 1000, 1L << 30, 1L << 20)]
    [InlineData(1 << 20, 1 << 9, 1L << 30, 2L << 30)]
    public async Task Encoder_RefusesBeforeItAllocatesOrReads(int width, int height, long maxPixels, long maxMemory)
    {
        // An encode has prepared what the model has to be prepared for.
        Assert.NotEmpty(s_file);
        FaultySource source = new(new PictureDescription(width, height, PixelLayout.Rgb24), -1, new InvalidTimeZoneException());
        VaeEncoderOptions options = SmallModel.Encoding() with { Limits = new VaeLimits { MaxPixels = maxPixels, MaxMemoryBytes = maxMemory } };
        using MemoryStream output = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task encoding = VaeEncoder.EncodeAsync(source, output, options);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Nothing was waited for, so all of it happened on this thread.
        Assert.True(encoding.IsCompleted);
        Assert.InRange(allocated, 0, 1 << 20);
        VaeLimitException exception = await Assert.ThrowsAsync<VaeLimitException>(() => encoding);
        Assert.Equal(VaeError.LimitExceeded, exception.Error);
        Assert.Equal(0, source.RowsRead);
        Assert.Equal(0, output.Length);
    }

    [Theory]
    [InlineData(260L * 600 - 1, 1 << 20, 2L << 30)]
    [InlineData(1L << 30, 599, 2L << 30)]
    [InlineData(1L << 30, 1 << 20, 100_000L)]
    public async Task Decoder_RefusesWhatExceedsItsLimits(long maxPixels, int maxSide, long maxMemory)
    {
        VaeDecoderOptions options = SmallModel.Decoding() with { Limits = new VaeLimits { MaxPixels = maxPixels, MaxSide = maxSide, MaxMemoryBytes = maxMemory } };
        Assert.Equal(VaeError.LimitExceeded, Assert.Throws<VaeLimitException>(() => VaeDecoder.Decode(s_file, options)).Error);
        await Assert.ThrowsAsync<VaeLimitException>(async () => await VaeDecoder.OpenAsync(new MemoryStream(s_file), options));
    }

    [Fact]
    public void EncoderOptions_AreChecked()
    {
        VaeEncoderOptions good = SmallModel.Encoding();
        VaeEncoderOptions[] bad =
        [
            good with { Quality = 0 }, good with { Quality = 101 }, good with { Quality = int.MinValue }, good with { Threads = -1 }, good with { Threads = 1025 },
            good with { TileSize = 0 }, good with { TileSize = 192 }, good with { TileSize = 257 }, good with { TileSize = 300 }, good with { TileSize = 4160 }, good with { TileSize = -256 },
        ];
        foreach (VaeEncoderOptions options in bad)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels, options));
        }

        Assert.Throws<ArgumentException>(() => VaeEncoder.Encode(s_picture.Picture, s_picture.Pixels.AsMemory(1), good));
        Assert.Throws<ArgumentNullException>(() => VaeEncoder.Encode(null!, s_picture.Pixels, good));
    }

    [Fact]
    public async Task NullsAndBadDecoderOptions_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeDecoder.Decode(s_file, SmallModel.Decoding() with { Threads = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => VaeDecoder.Decode(s_file, SmallModel.Decoding() with { Threads = 1025 }));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await VaeDecoder.OpenAsync((PipeReader)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => VaeEncoder.EncodeAsync(null!, new MemoryStream()));
        await Assert.ThrowsAsync<ArgumentNullException>(() => VaeEncoder.EncodeAsync(new MemoryRowSource(s_picture.Picture, s_picture.Pixels), (PipeWriter)null!));
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(new MemoryStream(s_file), SmallModel.Decoding());
        await Assert.ThrowsAsync<ArgumentNullException>(() => decoder.CopyToAsync(null!));
    }

    [Fact]
    public void AModelThatIsNotAtHand_IsNamed()
    {
        VaeModelException exception = Assert.Throws<VaeModelException>(() => VaeDecoder.Decode(s_file));
        Assert.Equal(VaeError.ModelMissing, exception.Error);
        Assert.Contains("small", exception.Message, StringComparison.Ordinal);
        Assert.Contains(SmallModel.Instance.Identity[..12], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelsThatAreNone_AreRefused()
    {
        Assert.Equal(VaeError.ModelInvalid, Assert.Throws<VaeModelException>(() => VaeModel.Load(new byte[100])).Error);
        Assert.Equal(VaeError.ModelInvalid, Assert.Throws<VaeModelException>(() => VaeModel.Load(SmallModel.File.AsMemory(1))).Error);
        Assert.Equal(VaeError.ModelMissing, Assert.Throws<VaeModelException>(() => VaeModel.Load("/no/such/model.vaemodel")).Error);
        string path = Path.GetTempFileName();
        Assert.Equal(VaeError.ModelInvalid, Assert.Throws<VaeModelException>(() => VaeModel.Load(path)).Error);
        File.WriteAllBytes(path, SmallModel.File);
        Assert.Equal(SmallModel.Instance.Identity, VaeModel.Load(path).Identity);
        File.Delete(path);
    }

    [Fact]
    public void FlippedBits_AreRefused_WithAVaeException()
    {
        Random random = new(3);
        for (int i = 0; i < 120; i++)
        {
            byte[] damaged = (byte[])s_file.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.ThrowsAny<VaeException>(() => VaeDecoder.Decode(damaged, SmallModel.Decoding()));
        }
    }
}
