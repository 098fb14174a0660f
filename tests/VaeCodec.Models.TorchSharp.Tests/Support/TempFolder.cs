namespace VaeCodec.Models.TorchSharp.Tests.Support;

/// <summary>A folder that is gone when the test is.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vaecodec-train-");

    public string FullPath => _folder.FullName;

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(true);
}
