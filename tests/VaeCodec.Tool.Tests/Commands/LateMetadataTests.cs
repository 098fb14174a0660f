using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class LateMetadataTests
{
    private static readonly byte[] s_exif = [.. "MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"u8];

    /// <summary>PNG lets EXIF stand behind the pixels, and ImageMagick writes it there; the orientation is in it.</summary>
    [Fact]
    public async Task ExifBehindThePixelsSurvives()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder["late.png"], await LatePngAsync());

        ToolResult encoded = await ToolProcess.RunAsync(folder.Path, "encode", "late.png", "late.vae");
        Assert.True(encoded.ExitCode == 0, encoded.Error);
        ToolResult decoded = await ToolProcess.RunAsync(folder.Path, "decode", "late.vae", "back.png");
        Assert.True(decoded.ExitCode == 0, decoded.Error);
        Assert.Equal(s_exif, (await Samples.ReadAsync(folder["back.png"])).Picture.Metadata.Exif);

        // From a pipe they come too late, which must not pass in silence.
        byte[] late = File.ReadAllBytes(folder["late.png"]);
        ToolResult piped = await ToolProcess.RunAsync(folder.Path, late, ["encode", "-", "piped.vae"]);
        Assert.Equal(3, piped.ExitCode);
        Assert.Contains("--strip exif,xmp", piped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["piped.vae"]));
        Assert.Equal(0, (await ToolProcess.RunAsync(folder.Path, late, ["encode", "-", "piped.vae", "--strip", "exif,xmp"])).ExitCode);
    }

    /// <summary>A file that the shell redirects can be searched.</summary>
    [UnixFact]
    public async Task ExifBehindThePixelsOfARedirectedFileSurvives()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder["late.png"], await LatePngAsync());
        string[] line = ["-c", "exec \"$0\" exec \"$@\" < late.png", ToolProcess.Host, ToolProcess.AssemblyPath, "encode", "-", "late.vae"];
        using Process process = Process.Start(new ProcessStartInfo("sh", line) { WorkingDirectory = folder.Path })!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(0, process.ExitCode);
        using FileStream file = File.OpenRead(folder["late.vae"]);
        Assert.Equal(s_exif, (await VaeImageInfo.ReadAsync(file)).Picture.Metadata.Exif);
    }

    private static async Task<byte[]> LatePngAsync()
    {
        using var png = new MemoryStream();
        var sink = PictureWriter.Create(png, PictureFormat.Png);
        var picture = new PictureDescription(40, 30, PixelLayout.Rgb24) { Metadata = new PictureMetadata { Exif = s_exif } };
        await sink.BeginAsync(picture, CancellationToken.None);
        await sink.WriteRowsAsync(new byte[picture.RowBytes * picture.Height], picture.Height, CancellationToken.None);
        await sink.EndAsync(CancellationToken.None);
        return MoveBehindPixels(png.ToArray(), "eXIf");
    }

    private static byte[] MoveBehindPixels(byte[] png, string type)
    {
        List<byte[]> chunks = [];
        for (int position = 8; position < png.Length;)
        {
            int length = 12 + (int)BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(position));
            chunks.Add(png[position..(position + length)]);
            position += length;
        }

        byte[] moved = chunks.Single(chunk => Encoding.ASCII.GetString(chunk, 4, 4) == type);
        chunks.Remove(moved);
        chunks.Insert(chunks.Count - 1, moved);
        return [.. png[..8], .. chunks.SelectMany(chunk => chunk)];
    }
}
