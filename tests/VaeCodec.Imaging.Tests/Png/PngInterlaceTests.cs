using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

public class PngInterlaceTests
{
    [Fact]
    public async Task Every_kind_and_size_reads_as_it_was_stored()
    {
        var random = new Random(51);
        (int Width, int Height)[] sizes =
            [.. Enumerable.Range(0, 81).Select(i => (1 + (i % 9), 1 + (i / 9))), (1, 100), (100, 1), (33, 17), (70, 67), (5000, 3)];
        foreach ((int width, int height) in sizes)
        {
            foreach ((byte colour, byte depth) in new (byte, byte)[] { (0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (3, 1), (3, 2), (3, 4), (3, 8) })
            {
                int channels = colour == 2 ? 3 : 1, most = (1 << depth) - 1;
                byte[] samples = [.. Enumerable.Range(0, width * height * channels).Select(_ => (byte)random.Next(most + 1))];
                byte[] palette = [.. Enumerable.Range(0, 3 * (most + 1)).Select(i => (byte)(i * 71))];
                PngBuilder builder = new PngBuilder().Header(width, height, depth, colour, interlace: 1);
                byte[] file = (colour == 3 ? builder.Chunk("PLTE", palette) : builder)
                    .Pixels(Adam7.Scanlines(samples, width, channels, depth, random), 1 + random.Next(5000)).End();

                using var piped = new PipeLikeStream(file, 1 + random.Next(3000));
                MemoryRowSink read = await Pictures.ReadAsync(random.Next(2) == 0 ? piped : new MemoryStream(file), band: 1 + random.Next(9));

                byte[] expected = colour switch
                {
                    0 => [.. samples.Select(value => (byte)(value * 255 / most))],
                    3 => [.. samples.SelectMany(value => palette[(3 * value)..((3 * value) + 3)])],
                    _ => samples,
                };
                Assert.Equal((width, height), (read.Picture.Width, read.Picture.Height));
                Assert.True(expected.AsSpan().SequenceEqual(read.Pixels), $"{width} x {height}, colour type {colour}, {depth} bits");
            }
        }
    }

    [MagickFact]
    public async Task Interlaced_files_of_ImageMagick_read_as_it_reads_them()
    {
        string magick = ExternalTool.Magick ?? string.Empty;
        string[][] kinds =
        [
            ["png24:-"], ["-colorspace", "gray", "-type", "Grayscale", "-depth", "8", "png:-"],
            ["-colorspace", "gray", "-depth", "4", "-type", "Grayscale", "png:-"], ["-colorspace", "gray", "-depth", "2", "-type", "Grayscale", "png:-"],
            ["-colorspace", "gray", "-depth", "1", "png:-"],
            ["-colors", "200", "png8:-"], ["-colors", "12", "png8:-"], ["-colors", "3", "png8:-"], ["-colors", "2", "png8:-"],
        ];
        foreach (string[] kind in kinds)
        {
            byte[] png = ExternalTool.Run(magick, null, ["-size", "131x67", "plasma:red-blue", "-alpha", "off", "-seed", "5", "-interlace", "PNG", .. kind]);
            Assert.Equal(1, png[28]);
            MemoryRowSink read = await Pictures.ReadAsync(png);
            string layout = read.Picture.Layout == PixelLayout.Gray8 ? "gray:-" : "rgb:-";
            Assert.True(ExternalTool.Run(magick, png, "png:-", "-depth", "8", layout).AsSpan().SequenceEqual(read.Pixels), string.Join(' ', kind));
        }
    }

    [Fact]
    public async Task The_rows_that_are_held_count_against_the_memory()
    {
        // The odd rows are not held: 5 of 9 rows of 10 RGB pixels are. Only the header is needed to refuse.
        byte[] file = new PngBuilder().Header(10, 9, 8, 2, interlace: 1).Pixels(Adam7.Scanlines(new byte[270], 10, 3, 8, new Random(52))).End();
        await Pictures.ReadAsync(file, new VaeLimits { MaxMemoryBytes = 150 });
        VaeLimitException e = await Assert.ThrowsAsync<VaeLimitException>(
            async () => await PictureReader.OpenAsync(new MemoryStream(file), new VaeLimits { MaxMemoryBytes = 149 }));
        foreach (string word in new[] { "10 x 9", "interlaced", "150", "149", "--max-memory", "VaeLimits.MaxMemoryBytes", "-interlace none" })
        {
            Assert.Contains(word, e.Message, StringComparison.Ordinal);
        }

        // Pixels of eight bytes, and alpha that comes of a transparent colour.
        byte[] wide = new PngBuilder().Header(10, 9, 16, 6, interlace: 1).Pixels(Adam7.Scanlines(new byte[720], 10, 8, 16, new Random(53))).End();
        await Pictures.ReadAsync(wide, new VaeLimits { MaxMemoryBytes = 400 });
        await Assert.ThrowsAsync<VaeLimitException>(async () => await PictureReader.OpenAsync(new MemoryStream(wide), new VaeLimits { MaxMemoryBytes = 399 }));
        byte[] keyed = new PngBuilder().Header(10, 9, 8, 2, interlace: 1).Chunk("tRNS", new byte[6]).Pixels(Adam7.Scanlines(new byte[270], 10, 3, 8, new Random(54))).End();
        await Pictures.ReadAsync(keyed, new VaeLimits { MaxMemoryBytes = 200 });
        await Assert.ThrowsAsync<VaeLimitException>(async () => await PictureReader.OpenAsync(new MemoryStream(keyed), new VaeLimits { MaxMemoryBytes = 199 }));

        // More than an array can be, whatever the limit says.
        byte[] vast = new PngBuilder().Header(1 << 17, 1 << 15, 8, 0, interlace: 1).Pixels([0]).End();
        var loose = new VaeLimits { MaxPixels = long.MaxValue, MaxMemoryBytes = long.MaxValue };
        await Assert.ThrowsAsync<VaeLimitException>(async () => await PictureReader.OpenAsync(new MemoryStream(vast), loose));
    }

    [Fact]
    public async Task Damage_is_named_with_its_pass()
    {
        static byte[] Grey(byte[] scanlines) => new PngBuilder().Header(4, 4, 8, 0, interlace: 1).Pixels(scanlines).End();

        // Passes 1, 4, 5, 6 and 7 have pixels here: 1, 1, 1 x 2, 2 x 2 and 2 x 4 of them.
        byte[] sound = [0, 1, 0, 2, 0, 3, 4, 0, 5, 6, 0, 7, 8, 0, 9, 10, 11, 12, 0, 13, 14, 15, 16];
        MemoryRowSink read = await Pictures.ReadAsync(Grey(sound));
        Assert.Equal([1, 5, 2, 6, 9, 10, 11, 12, 3, 7, 4, 8, 13, 14, 15, 16], read.Pixels);
        await Bad(Grey(sound[..^1]), VaeError.Truncated, "row 1 of 2 of pass 7");
        await Bad(Grey(sound[..7]), VaeError.Truncated, "row 0 of 2 of pass 6");
        await Bad(Grey([.. sound, 0]), VaeError.TrailingData, "more pixels", "4 x 4");
        await Bad(Grey([.. sound.AsSpan(0, 10), 9, .. sound.AsSpan(11)]), VaeError.InvalidField, "filter type 9", "row 1 of 2 of pass 6");

        byte[] index = new PngBuilder().Header(4, 4, 8, 3, interlace: 1).Chunk("PLTE", new byte[3 * 15]).Pixels(sound).End();
        await Bad(index, VaeError.InvalidField, "column 2 of row 3", "index 15");
    }

    private static Task Bad(byte[] file, VaeError error, params string[] words) =>
        Pictures.RefusedAsync<VaeFormatException>(file, error, words);
}
