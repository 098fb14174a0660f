// A picture file to a .vae file, or the other way round, by the name of the input:
//     dotnet run --project examples/FileToFile -- photo.png photo.vae
//     dotnet run --project examples/FileToFile -- photo.vae photo.png
using VaeCodec;
using VaeCodec.Imaging;

if (args is not [{ } from, { } to])
{
    Console.Error.WriteLine("FileToFile FROM TO");
    return 2;
}

// The output takes its name once it is whole: whatever fails, what stood there before is still there.
string partial = to + ".partial";
try
{
    string summary = await ConvertAsync();
    File.Move(partial, to, overwrite: true);
    Console.WriteLine(summary);
    return 0;
}
catch (VaeException exception)
{
    // Anything wrong with the input, the limits or the model: the message says what and where, the code is for programs.
    Console.Error.WriteLine($"{exception.Error}: {exception.Message}");
    return 1;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
finally
{
    if (File.Exists(partial))
    {
        File.Delete(partial);
    }
}

async Task<string> ConvertAsync()
{
    await using FileStream input = File.OpenRead(from);
    await using FileStream output = File.Create(partial);
    if (Path.GetExtension(from) == ".vae")
    {
        await using VaeDecoder decoder = await VaeDecoder.OpenAsync(input);
        PictureFormat format = PictureFormats.TryFromPath(to, out PictureFormat known) ? known : PictureFormat.Png;
        IRowSink sink = PictureWriter.Create(output, format);
        await using (sink as IAsyncDisposable)
        {
            await decoder.CopyToAsync(sink);
        }

        return $"{decoder.Picture.Width} x {decoder.Picture.Height}, quality {decoder.Info.Quality}";
    }

    // Rows are read while others are encoded; neither the picture nor the file is ever held as a whole.
    await using IPictureReader picture = await PictureReader.OpenAsync(input);
    VaeEncodeResult result = await VaeEncoder.EncodeAsync(picture, output, new VaeEncoderOptions { Quality = 75 });

    // Only now is what stands behind the last row verified, too.
    await picture.CompleteAsync(default);
    return $"{result.FileBytes} bytes, {result.BitsPerPixel:0.000} bits per pixel";
}
