using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

/// <summary>All that the standard has: every colour type, depth, way of transparency, plain and interlaced.</summary>
public class PngKindTests
{
    private static readonly (byte Colour, byte Depth)[] s_kinds =
        [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_kind_and_size_reads_as_it_was_stored(bool interlaced)
    {
        var random = new Random(71);
        (int Width, int Height)[] sizes = [.. Enumerable.Range(0, 81).Select(i => (1 + (i % 9), 1 + (i / 9))), (1, 50), (50, 1), (33, 17), (900, 5)];
        foreach ((int width, int height) in sizes)
        {
            foreach ((PngKind kind, byte[] file) in Kinds(random, width, height, interlaced))
            {
                using var piped = new PipeLikeStream(file, 1 + random.Next(3000));
                MemoryRowSink read = await Pictures.ReadAsync(random.Next(2) == 0 ? piped : new MemoryStream(file), band: 1 + random.Next(9));
                Assert.Equal((width, height, kind.Layout), (read.Picture.Width, read.Picture.Height, read.Picture.Layout));
                Assert.Equal(kind.Depth == 16 ? 16 : 8, read.Picture.BitDepth);
                Assert.True(kind.Expected().AsSpan().SequenceEqual(read.Pixels), kind.ToString());
            }
        }
    }

    [MagickFact]
    public async Task ImageMagick_sees_the_same_pixels_in_them()
    {
        var random = new Random(72);
        foreach (bool interlaced in new[] { false, true })
        {
            foreach ((PngKind kind, byte[] file) in Kinds(random, 23, 11, interlaced))
            {
                MemoryRowSink read = await Pictures.ReadAsync(file);
                Assert.True(MagickPixels.Of("png:-", file, read.Picture).AsSpan().SequenceEqual(read.Pixels), $"{kind}, interlaced {interlaced}");
            }
        }
    }

    [MagickFact]
    public async Task ImageMagick_reads_our_files_of_every_layout()
    {
        var random = new Random(73);
        foreach (PixelLayout layout in Pictures.Layouts)
        {
            for (int i = 0; i < 4; i++)
            {
                var picture = new PictureDescription(random.Next(1, 60), random.Next(1, 30), layout);
                byte[] pixels = Pictures.Pixels(random, picture.Width, picture.Height, layout);
                byte[] file = await Pictures.WriteAsync(picture, pixels, PictureFormat.Png, new PictureWriterOptions { PngCompressionLevel = 3 * i });
                Assert.Equal((byte)(8 * layout.BytesPerSample()), file[24]);
                Assert.True(MagickPixels.Of("png:-", file, picture).AsSpan().SequenceEqual(pixels), $"case {i}, {picture}");
            }
        }
    }

    [MagickFact]
    public async Task Files_of_ImageMagick_with_alpha_or_16_bits_read_as_it_reads_them()
    {
        string[][] kinds =
        [
            ["png32:-"], ["png48:-"], ["png64:-"], ["-colorspace", "gray", "-depth", "8", "png:-"], ["-colorspace", "gray", "-depth", "16", "png:-"],
            ["-channel", "A", "-threshold", "50%", "+channel", "-colors", "9", "png8:-"], ["-colorspace", "gray", "-alpha", "off", "-depth", "16", "png:-"], ["-alpha", "off", "-depth", "16", "png:-"],
        ];
        HashSet<PixelLayout> seen = [];
        foreach (string interlace in new[] { "none", "PNG" })
        {
            foreach (string[] kind in kinds)
            {
                string[] picture = ["-size", "61x37", "-seed", "5", "plasma:red-blue", "(", "gradient:white-black", "-sigmoidal-contrast", "5", ")", "-alpha", "off", "-compose", "CopyOpacity", "-composite"];
                byte[] file = ExternalTool.Run(ExternalTool.Magick ?? string.Empty, null, [.. picture, "-interlace", interlace, .. kind]);
                MemoryRowSink read = await Pictures.ReadAsync(file);
                Assert.True(MagickPixels.Of("png:-", file, read.Picture).AsSpan().SequenceEqual(read.Pixels), string.Join(' ', kind));
                seen.Add(read.Picture.Layout);
            }
        }

        Assert.Superset(new HashSet<PixelLayout> { PixelLayout.Rgba32, PixelLayout.Rgb48, PixelLayout.Rgba64, PixelLayout.GrayAlpha16, PixelLayout.GrayAlpha32, PixelLayout.Gray16 }, seen);
    }

    [Fact]
    public async Task Samples_of_9_to_15_bits_are_scaled_to_16_and_rounding_takes_them_back()
    {
        for (int bits = 9; bits <= 15; bits++)
        {
            int most = (1 << bits) - 1;
            int[] samples = [.. Enumerable.Range(0, most + 1)];
            byte[] pixels = [.. samples.SelectMany(s => new[] { (byte)s, (byte)(s >> 8) })];
            var picture = new PictureDescription(most + 1, 1, PixelLayout.Gray16) { BitDepth = bits };
            byte[] file = await Pictures.WriteAsync(picture, pixels, PictureFormat.Png);
            MemoryRowSink read = await Pictures.ReadAsync(file);
            int[] scaled = [.. samples.Select(i => read.Pixels[2 * i] | (read.Pixels[(2 * i) + 1] << 8))];
            Assert.Equal(16, read.Picture.BitDepth);
            Assert.Equal(samples.Select(s => (int)Math.Round(s * 65535.0 / most)), scaled);
            Assert.Equal(samples, scaled.Select(s => (int)Math.Round(s * (double)most / 65535)));
        }
    }

    /// <summary>Every kind, with transparent colours and without.</summary>
    private static IEnumerable<(PngKind Kind, byte[] File)> Kinds(Random random, int width, int height, bool interlaced)
    {
        foreach ((byte colour, byte depth) in s_kinds)
        {
            foreach (bool transparent in colour < 4 ? new[] { false, true } : [false])
            {
                var kind = new PngKind(random, colour, depth, width, height, transparent);
                yield return (kind, kind.File(random, interlaced));
            }
        }
    }
}
