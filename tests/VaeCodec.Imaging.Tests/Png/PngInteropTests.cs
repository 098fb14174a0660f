using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Imaging.Tests.Png;

public class PngInteropTests
{
    [MagickFact]
    public async Task Files_of_ImageMagick_read_as_it_reads_them()
    {
        string magick = ExternalTool.Magick ?? string.Empty;
        string[][] kinds =
        [
            ["-type", "TrueColor", "png24:-"], ["-colorspace", "gray", "-type", "Grayscale", "-depth", "8", "png:-"],
            ["-colors", "200", "png8:-"], ["-colors", "12", "png8:-"], ["-colors", "3", "png8:-"], ["-colors", "2", "png8:-"],
            ["-colorspace", "gray", "-depth", "4", "-type", "Grayscale", "png:-"], ["-colorspace", "gray", "-depth", "1", "png:-"],
            .. Enumerable.Range(0, 6).Select(f => new[] { "-quality", $"9{f}", "png24:-" }),
        ];
        foreach (string[] kind in kinds)
        {
            byte[] png = ExternalTool.Run(magick, null, ["-size", "131x67", "plasma:red-blue", "-alpha", "off", "-seed", "5", .. kind]);
            MemoryRowSink read = await Pictures.ReadAsync(png);
            string layout = read.Picture.Layout == PixelLayout.Gray8 ? "gray:-" : "rgb:-";
            byte[] expected = ExternalTool.Run(magick, png, "png:-", "-depth", "8", layout);
            Assert.True(expected.AsSpan().SequenceEqual(read.Pixels), string.Join(' ', kind));
        }
    }

    [MagickFact]
    public async Task ImageMagick_reads_our_files()
    {
        string magick = ExternalTool.Magick ?? string.Empty;
        var random = new Random(21);
        for (int i = 0; i < 10; i++)
        {
            PixelLayout layout = (i & 1) == 0 ? PixelLayout.Gray8 : PixelLayout.Rgb24;
            int width = random.Next(1, 200), height = random.Next(1, 50);
            byte[] pixels = Pictures.Pixels(random, width, height, layout);
            var picture = new PictureDescription(width, height, layout);
            byte[] file = await Pictures.WriteAsync(picture, pixels, PictureFormat.Png, new PictureWriterOptions { PngCompressionLevel = i });
            byte[] seen = ExternalTool.Run(magick, file, "png:-", "-depth", "8", layout == PixelLayout.Gray8 ? "gray:-" : "rgb:-");
            Assert.True(pixels.AsSpan().SequenceEqual(seen), $"case {i}");
        }
    }

    [OptiPngFact]
    public async Task Files_of_optipng_read_alike()
    {
        string folder = Directory.CreateTempSubdirectory("vaecodec-imaging-").FullName;
        try
        {
            var sample = new SamplePicture(120, 80);
            var raw = new MemoryRowSink();
            await Pictures.CopyAsync(sample, raw, 8);
            string path = Path.Combine(folder, "a.png");
            for (int filter = 0; filter <= 5; filter++)
            {
                await File.WriteAllBytesAsync(path, await Pictures.WriteAsync(raw.Picture, raw.Pixels, PictureFormat.Png));
                ExternalTool.Run(ExternalTool.OptiPng ?? string.Empty, null, "-quiet", "-force", "-o1", $"-f{filter}", path);
                Assert.Equal(raw.Pixels, (await Pictures.ReadAsync(await File.ReadAllBytesAsync(path))).Pixels);
            }

            ExternalTool.Run(ExternalTool.OptiPng ?? string.Empty, null, "-quiet", "-i1", path);
            byte[] interlaced = await File.ReadAllBytesAsync(path);
            Assert.Equal(1, interlaced[28]);
            Assert.Equal(raw.Pixels, (await Pictures.ReadAsync(interlaced)).Pixels);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
