using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests;

public class RoundTripTests
{
    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Pnm)]
    public async Task Lossless_formats_give_back_every_byte(PictureFormat format)
    {
        var random = new Random(7);
        for (int i = 0; i < 300; i++)
        {
            int width = i < 80 ? 1 + (i / 8) : random.Next(1, 300), height = i < 20 ? 1 : random.Next(1, 40);
            PixelLayout layout = Pictures.Layouts[i % 8];
            int bitDepth = layout.BytesPerSample() == 1 ? 8 : format == PictureFormat.Png ? 16 : random.Next(9, 17);
            byte[] pixels = Pictures.Pixels(random, width, height, layout, bitDepth);
            var picture = new PictureDescription(width, height, layout) { BitDepth = bitDepth };
            var options = new PictureWriterOptions { PngCompressionLevel = i % 10 };
            byte[] file = await Pictures.WriteAsync(picture, pixels, format, options, random.Next(1, 9));

            using var stream = new PipeLikeStream(file, random.Next(1, 200));
            MemoryRowSink read = await Pictures.ReadAsync(i % 3 == 0 ? stream : new MemoryStream(file), band: random.Next(1, 9));

            Assert.Equal(picture, read.Picture);
            Assert.True(pixels.AsSpan().SequenceEqual(read.Pixels), $"case {i}: {width} x {height} {layout}, {bitDepth} bits");
        }
    }

    [Fact]
    public async Task Png_carries_colour_and_metadata()
    {
        var random = new Random(8);
        for (int i = 0; i < 16; i++)
        {
            PictureMetadata metadata = Metadata(random, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0);
            ColourCodePoints colour = (i & 8) != 0 ? new ColourCodePoints(9, 16, 0, true) : ColourCodePoints.Srgb;
            var picture = new PictureDescription(3, 2, PixelLayout.Gray8) { Colour = colour, Metadata = metadata };
            byte[] file = await Pictures.WriteAsync(picture, new byte[6], PictureFormat.Png);
            MemoryRowSink read = await Pictures.ReadAsync(file);

            Assert.Equal(colour, read.Picture.Colour);
            AssertSame(metadata, read.Picture.Metadata);
            string text = System.Text.Encoding.Latin1.GetString(file);
            Assert.Equal((i & 8) != 0, text.Contains("cICP", StringComparison.Ordinal));
            Assert.Equal((i & 9) == 0, text.Contains("sRGB", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Misuse_is_refused_and_ending_early_is_not_overlooked()
    {
        var picture = new PictureDescription(2, 2, PixelLayout.Gray8);
        foreach (PictureFormat format in new[] { PictureFormat.Png, PictureFormat.Pnm })
        {
            IRowSink sink = PictureWriter.Create(new MemoryStream(), format);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await sink.WriteRowsAsync(new byte[2], 1, default));
            await sink.BeginAsync(picture, default);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await sink.BeginAsync(picture, default));
            await sink.WriteRowsAsync(new byte[2], 1, default);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await sink.EndAsync(default));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sink.WriteRowsAsync(new byte[4], 2, default));
            await Assert.ThrowsAsync<ArgumentException>(async () => await sink.WriteRowsAsync(new byte[1], 1, default));

            byte[] file = await Pictures.WriteAsync(picture, new byte[4], format);
            await using IPictureReader reader = await PictureReader.OpenAsync(new MemoryStream(file));
            Assert.Equal(format, reader.Format);
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.CompleteAsync(default));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await reader.ReadRowsAsync(new byte[6], 3, default));
        }
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Pnm)]
    public async Task Depths_that_a_layout_cannot_have_and_samples_above_them_are_refused(PictureFormat format)
    {
        foreach ((PixelLayout layout, int bitDepth) in new[] { (PixelLayout.Gray8, 12), (PixelLayout.Gray16, 8), (PixelLayout.Rgba64, 17), ((PixelLayout)4, 8) })
        {
            var output = new MemoryStream();
            await Assert.ThrowsAnyAsync<ArgumentOutOfRangeException>(
                async () => await PictureWriter.Create(output, format).BeginAsync(new PictureDescription(1, 1, layout) { BitDepth = bitDepth }, default));
            Assert.Equal(0, output.Length);
        }

        var picture = new PictureDescription(1, 1, PixelLayout.Gray16) { BitDepth = 12 };
        await Pictures.WriteAsync(picture, [0xFF, 0x0F], format);
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => Pictures.WriteAsync(picture, [0, 0x10], format));
        Assert.Contains("4096", e.Message, StringComparison.Ordinal);
        Assert.Contains("4095", e.Message, StringComparison.Ordinal);
    }

    internal static PictureMetadata Metadata(Random random, bool icc, bool exif, bool xmp)
    {
        byte[] profile = IccProfiles.Make(random, random.Next(IccProfiles.HeaderBytes, 200_000));
        return new PictureMetadata
        {
            IccProfile = icc ? profile : null,
            Exif = exif ? [.. "II*\0"u8, .. profile.AsSpan(0, Math.Min(profile.Length, 900))] : null,
            Xmp = xmp ? [.. "<x:xmpmeta>\u00E9\0</x:xmpmeta>"u8] : null,
        };
    }

    internal static void AssertSame(PictureMetadata expected, PictureMetadata actual)
    {
        Assert.Equal(expected.IccProfile, actual.IccProfile);
        Assert.Equal(expected.Exif, actual.Exif);
        Assert.Equal(expected.Xmp, actual.Xmp);
    }
}
