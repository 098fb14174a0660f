// All PNG and JPEG pictures of a folder, several at a time, each to a size:
//     dotnet run --project examples/BatchFolder -- photos coded 100000
using VaeCodec;
using VaeCodec.Imaging;

if (args is not [{ } from, { } to, { } size] || !long.TryParse(size, out long bytes))
{
    Console.Error.WriteLine("BatchFolder FROM TO BYTES");
    return 2;
}

Directory.CreateDirectory(to);
int failures = 0;
string[] pictures = [.. Directory.EnumerateFiles(from).Where(PictureFormats.IsRead).Order(StringComparer.Ordinal)];

// A picture on each thread is faster than all threads on one picture: reading, writing and entropy coding run beside each other, too.
VaeEncoderOptions options = new() { Threads = 1 };
await Parallel.ForEachAsync(pictures, async (path, stop) =>
{
    // The whole name stays: a.png and a.jpg are two pictures.
    string output = Path.Combine(to, Path.GetFileName(path) + ".vae");
    try
    {
        using MemoryStream file = new();
        VaeTargetResult result = await VaeEncoder.EncodeToTargetAsync(token => OpenAsync(path, token), file, VaeTarget.FileBytes(bytes), options, stop);
        await File.WriteAllBytesAsync(output, file.ToArray(), stop);
        Console.WriteLine($"{output}: quality {result.Quality}, {result.File.FileBytes} bytes");
    }
    catch (Exception exception) when (exception is VaeException or IOException or UnauthorizedAccessException)
    {
        Interlocked.Increment(ref failures);
        Console.Error.WriteLine($"{path}: {exception.Message}");
    }
});
return failures == 0 ? 0 : 1;

// The search reads a picture several times, so the picture is held in memory and given out anew each time.
static async ValueTask<IRowSource> OpenAsync(string path, CancellationToken stop)
{
    await using FileStream stream = File.OpenRead(path);
    await using IPictureReader reader = await PictureReader.OpenAsync(stream, null, stop);
    byte[] pixels = new byte[checked(reader.Picture.RowBytes * reader.Picture.Height)];
    await reader.ReadRowsAsync(pixels, reader.Picture.Height, stop);
    await reader.CompleteAsync(stop);
    return new MemoryRowSource(reader.Picture, pixels);
}
