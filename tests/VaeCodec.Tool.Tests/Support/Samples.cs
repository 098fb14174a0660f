using VaeCodec.Imaging;

namespace VaeCodec.Tool.Tests;

/// <summary>Generated pictures as files.</summary>
internal static class Samples
{
    public const int Width = 256;
    public const int Height = 192;

    /// <summary>Writes the generated picture.</summary>
    public static async Task WriteAsync(string path, PictureFormat format = PictureFormat.Png, int width = Width, int height = Height)
    {
        await using FileStream stream = File.Create(path);
        await RowCopy.CopyAsync(new SamplePicture(width, height), PictureWriter.Create(stream, format), default);
    }

    /// <summary>Reads a picture's pixels.</summary>
    public static async Task<MemoryRowSink> ReadAsync(Stream stream)
    {
        await using IPictureReader reader = await PictureReader.OpenAsync(stream);
        var sink = new MemoryRowSink();
        await RowCopy.CopyAsync(reader, sink, default);
        await reader.CompleteAsync(default);
        return sink;
    }

    /// <summary>Reads a picture file's pixels.</summary>
    public static async Task<MemoryRowSink> ReadAsync(string path)
    {
        await using FileStream stream = File.OpenRead(path);
        return await ReadAsync(stream);
    }

    /// <summary>Makes photo.png and photo.vae in a folder.</summary>
    public static async Task WriteEncodedAsync(TempFolder folder)
    {
        await WriteAsync(folder["photo.png"]);
        ToolResult result = await ToolProcess.RunAsync(folder.Path, "encode", "photo.png");
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
