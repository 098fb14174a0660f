using VaeCodec.Imaging;
using VaeCodec.RateDistortion.Pictures;

namespace VaeCodec.RateDistortion.Tests.Support;

/// <summary>A folder for one test with generated pictures in it, gone afterwards.</summary>
internal sealed class BenchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vaecodec-bench-tests-").FullName;

    public string Pictures => System.IO.Path.Combine(Path, "pictures");

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public async Task AddPictureAsync(string name, int width, int height)
    {
        Directory.CreateDirectory(Pictures);
        var sample = new SamplePicture(width, height);
        byte[] pixels = new byte[sample.Picture.RowBytes * height];
        await sample.ReadRowsAsync(pixels, height, default);
        await PictureFiles.WriteAsync(System.IO.Path.Combine(Pictures, name), PictureFormat.Png, new DecodedPicture(sample.Picture, pixels), default);
    }

    /// <summary>Writes a program for /bin/sh into the folder "bin".</summary>
    public void AddProgram(string name, string script)
    {
        string path = System.IO.Path.Combine(Directory.CreateDirectory(this["bin"]).FullName, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
