using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

public class PngReadTests
{
    private const int Mebibyte = 1 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Low_depth_grey_and_palettes_are_expanded(int depth)
    {
        var random = new Random(depth);
        foreach (int width in new[] { 1, 3, 7, 8, 9, 31 })
        {
            int entries = 1 << depth;
            byte[] values = [.. Enumerable.Range(0, width * 2).Select(_ => (byte)random.Next(entries))];
            byte[] scanlines = [0, .. Pack(values[..width], depth), 0, .. Pack(values[width..], depth)];
            byte[] palette = new byte[3 * entries];
            random.NextBytes(palette);
            palette[1] = (byte)(palette[0] + 1);

            MemoryRowSink grey = await Pictures.ReadAsync(new PngBuilder().Header(width, 2, (byte)depth, 0).Pixels(scanlines).End());
            Assert.Equal(PixelLayout.Gray8, grey.Picture.Layout);
            Assert.Equal(values.Select(v => (byte)(v * 255 / (entries - 1))), grey.Pixels);

            MemoryRowSink colour = await Pictures.ReadAsync(
                new PngBuilder().Header(width, 2, (byte)depth, 3).Chunk("PLTE", palette).Pixels(scanlines, 7).End());
            Assert.Equal(PixelLayout.Rgb24, colour.Picture.Layout);
            Assert.Equal(values.SelectMany(v => palette[(3 * v)..((3 * v) + 3)]), colour.Pixels);

            byte[] greys = [.. Enumerable.Range(0, 3 * entries).Select(i => (byte)(i / 3 * 5))];
            MemoryRowSink plain = await Pictures.ReadAsync(
                new PngBuilder().Header(width, 2, (byte)depth, 3).Chunk("PLTE", greys).Pixels(scanlines).End());
            Assert.Equal(PixelLayout.Gray8, plain.Picture.Layout);
            Assert.Equal(values.Select(v => (byte)(v * 5)), plain.Pixels);
        }
    }

    [Fact]
    public async Task Metadata_after_the_pixels_are_found_where_the_stream_can_seek()
    {
        byte[] exif = [.. "MM\0*"u8, 1, 2, 3];
        byte[] xmp = [.. "XML:com.adobe.xmp\0"u8, 1, 0, .. "en\0x\0"u8, .. PngBuilder.Deflate("<xmp/>"u8)];
        var random = new Random(3);
        byte[] noise = new byte[40 * 5001];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = i % 5001 == 0 ? (byte)0 : (byte)random.Next(256);
        }

        byte[] file = new PngBuilder().Header(5000, 40, 8, 0).Chunk("tEXt", "a\0b"u8).Pixels(noise, 9000)
            .Chunk("iTXt", "Comment\0\0\0\0\0x"u8).Chunk("eXIf", exif).Chunk("iTXt", xmp).End();

        // Somewhere inside a larger stream, too: positions are relative.
        var inside = new MemoryStream([.. new byte[100], .. file]) { Position = 100 };
        foreach (Stream stream in new Stream[] { new MemoryStream(file), inside })
        {
            MemoryRowSink read = await Pictures.ReadAsync(stream);
            Assert.Equal(exif, read.Picture.Metadata.Exif);
            Assert.Equal("<xmp/>"u8.ToArray(), read.Picture.Metadata.Xmp);
            Assert.Equal(noise[1..5001], read.Pixels[..5000]);
        }

        MemoryRowSink piped = await Pictures.ReadAsync(new PipeLikeStream(file, 1000));
        Assert.Equal(PictureMetadata.None, piped.Picture.Metadata);
    }

    [Fact]
    public async Task Exif_with_the_prefix_of_jpeg_loses_it()
    {
        byte[] file = Grey().Chunk("eXIf", "Exif\0\0II*\0zz"u8).Pixels([0, 9]).End();
        Assert.Equal("II*\0zz"u8.ToArray(), (await Pictures.ReadAsync(file)).Picture.Metadata.Exif);
    }

    [Fact]
    public async Task Limits_hold_before_anything_is_allocated()
    {
        byte[] huge = new PngBuilder().Header(int.MaxValue, int.MaxValue, 8, 2).Pixels([0]).End();
        VaeLimitException side = await RefusedWithinAsync(Mebibyte, huge);
        Assert.Contains("MaxSide", side.Message, StringComparison.Ordinal);

        var limits = new VaeLimits { MaxPixels = 99 };
        byte[] file = new PngBuilder().Header(10, 10, 8, 0).Pixels([0]).End();
        VaeLimitException pixels = await RefusedWithinAsync(Mebibyte, file, limits);
        Assert.Contains("MaxPixels", pixels.Message, StringComparison.Ordinal);

        // A profile that unpacks to far more than it takes: a buffer that doubles has grown to the limit, and no further.
        byte[] bomb = Grey().Chunk("iCCP", [.. "x\0\0"u8, .. PngBuilder.Deflate(new byte[30_000_000])]).Pixels([0, 9]).End();
        var small = new VaeLimits { MaxMetadataBytes = 1_000_000 };
        await RefusedWithinAsync(4 * Mebibyte, bomb, small);
        byte[] exif = Grey().Chunk("eXIf", [.. "II*\0"u8, .. new byte[2000]]).Pixels([0, 9]).End();
        await RefusedWithinAsync(Mebibyte, exif, new VaeLimits { MaxMetadataBytes = 1000 });
    }

    /// <summary>Reading from an array never waits, so everything happens on this thread.</summary>
    private static async Task<VaeLimitException> RefusedWithinAsync(long mostBytes, byte[] file, VaeLimits? limits = null)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task reading = Pictures.ReadAsync(file, limits);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(reading.IsCompleted);
        VaeLimitException refusal = await Assert.ThrowsAsync<VaeLimitException>(() => reading);
        Assert.InRange(allocated, 0, mostBytes);
        return refusal;
    }

    internal static PngBuilder Grey() => new PngBuilder().Header(1, 1, 8, 0);

    internal static byte[] Pack(byte[] values, int depth)
    {
        var packed = new byte[((values.Length * depth) + 7) / 8];
        for (int i = 0; i < values.Length; i++)
        {
            packed[i * depth / 8] |= (byte)(values[i] << (8 - depth - (i * depth % 8)));
        }

        return packed;
    }
}
