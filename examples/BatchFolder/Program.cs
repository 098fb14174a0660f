// All PNG, PNM and JPEG pictures of a folder, several at a time, each to a size:
//     dotnet run --project examples/BatchFolder -- photos coded 100000
using VaeCodec;
using VaeCodec.Imaging;

if (args is not [{ } from, { } to, { } size] || !long.TryParse(size, out long bytes) || bytes < 1)
{
    Console.Error.WriteLine("BatchFolder FROM TO BYTES");
    return 2;
}

Directory.CreateDirectory(to);
int failures = 0;
IReadOnlyList<string> pictures = PictureFolder.Files(from);

// A picture on each thread is faster than all threads on one picture: reading, writing and entropy coding run beside each other, too.
VaeEncoderOptions options = new() { Threads = 1 };
await Parallel.ForEachAsync(pictures, async (path, stop) =>
{
    // The whole name stays: a.png and a.jpg are two pictures.
    string output = Path.Combine(to, Path.GetFileName(path) + ".vae"), partial = output + ".partial";
    try
    {
        // The search reads a picture several times, so it is held in memory and given out anew each time.
        (PictureDescription picture, byte[] pixels) = await ReadAsync(path, stop);
        VaeTargetResult result;
        await using (FileStream file = File.Create(partial))
        {
            result = await VaeEncoder.EncodeToTargetAsync(_ => new(new MemoryRowSource(picture, pixels)), file, VaeTarget.FileBytes(bytes), options, stop);
        }

        // The output takes its name once it is whole.
        File.Move(partial, output, overwrite: true);
        Console.WriteLine($"{output}: quality {result.Quality}, {result.File.FileBytes} bytes");
    }
    catch (Exception exception) when (exception is VaeException or IOException or UnauthorizedAccessException)
    {
        Interlocked.Increment(ref failures);
        Console.Error.WriteLine($"{path}: {exception.Message}");
    }
    finally
    {
        File.Delete(partial);
    }
});
return failures == 0 ? 0 : 1;

static async Task<(PictureDescription Picture, byte[] Pixels)> ReadAsync(string path, CancellationToken stop)
{
    await using FileStream stream = File.OpenRead(path);
    await using IPictureReader reader = await PictureReader.OpenAsync(stream, null, stop);
    byte[] pixels = new byte[checked(reader.Picture.RowBytes * reader.Picture.Height)];
    await reader.ReadRowsAsync(pixels, reader.Picture.Height, stop);
    await reader.CompleteAsync(stop);
    return (reader.Picture, pixels);
}
