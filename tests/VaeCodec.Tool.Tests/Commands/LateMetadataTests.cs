using System.Buffers.Binary;
using System.Text;
using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

public class LateMetadataTests
{
    /// <summary>PNG lets EXIF stand behind the pixels, and ImageMagick writes it there; the orientation is in it.</summary>
    [Fact]
    public async Task ExifBehindThePixelsSurvives()
    {
        using var folder = new TempFolder();
        byte[] exif = [.. "MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"u8];
        using var png = new MemoryStream();
        var sink = PictureWriter.Create(png, PictureFormat.Png);
        var picture = new PictureDescription(40, 30, PixelLayout.Rgb24) { Metadata = new PictureMetadata { Exif = exif } };
        await sink.BeginAsync(picture, CancellationToken.None);
        await sink.WriteRowsAsync(new byte[picture.RowBytes * picture.Height], picture.Height, CancellationToken.None);
        await sink.EndAsync(CancellationToken.None);
        await File.WriteAllBytesAsync(folder["late.png"], MoveBehindPixels(png.ToArray(), "eXIf"));

        ToolResult encoded = await ToolProcess.RunAsync(folder.Path, "encode", "late.png", "late.vae");
        Assert.True(encoded.ExitCode == 0, encoded.Error);
        ToolResult decoded = await ToolProcess.RunAsync(folder.Path, "decode", "late.vae", "back.png");
        Assert.True(decoded.ExitCode == 0, decoded.Error);
        Assert.Equal(exif, (await Samples.ReadAsync(folder["back.png"])).Picture.Metadata.Exif);
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
