using VaeCodec.Imaging;
using VaeCodec.Imaging.Tests.Support;

namespace VaeCodec.Tool.Tests;

/// <summary>JPEG in and out, and the options of what is written.</summary>
public class WriterOptionTests
{
    [TurboJpegFact]
    public async Task JpegsAreReadAsTheLibraryReadsThem()
    {
        using var folder = new TempFolder();
        await Samples.WriteAsync(folder["a.jpg"], PictureFormat.Jpeg);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "encode", "a.jpg", "--lossless")).ExitCode);
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "a.vae", "a.ppm")).ExitCode);
        Assert.Equal((await Samples.ReadAsync(folder["a.jpg"])).Pixels, (await Samples.ReadAsync(folder["a.ppm"])).Pixels);
    }

    [TurboJpegFact]
    public async Task TheQualityOfJpegs_IsTheOneAskedFor()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        foreach (int quality in (int[])[30, 95])
        {
            Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "photo.vae", "--output-dir", $"{quality}", "--format", "jpeg", "--jpeg-quality", $"{quality}")).ExitCode);
            byte[] file = await File.ReadAllBytesAsync(folder[$"{quality}/photo.jpg"]);
            MemoryStream expected = new();
            await RowCopy.CopyAsync(await SourceAsync(folder), PictureWriter.Create(expected, PictureFormat.Jpeg, new PictureWriterOptions { JpegQuality = quality }), default);
            Assert.Equal(expected.ToArray(), file);
        }
    }

    [Fact]
    public async Task TheLevelOfPngs_ChangesTheirSizeAlone()
    {
        using var folder = new TempFolder();
        await Samples.WriteEncodedAsync(folder);
        foreach (int level in (int[])[0, 9])
        {
            Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, "decode", "photo.vae", $"{level}.png", "--png-level", $"{level}")).ExitCode);
        }

        byte[] stored = (await Samples.ReadAsync(folder["0.png"])).Pixels;
        Assert.Equal(stored, (await Samples.ReadAsync(folder["9.png"])).Pixels);
        Assert.True(new FileInfo(folder["0.png"]).Length > stored.Length);
        Assert.True(new FileInfo(folder["9.png"]).Length < stored.Length);
    }

    private static async Task<IRowSource> SourceAsync(TempFolder folder)
    {
        DecodedPicture picture = VaeDecoder.Decode(await File.ReadAllBytesAsync(folder["photo.vae"]));
        return new MemoryRowSource(picture.Picture, picture.Pixels);
    }
}
