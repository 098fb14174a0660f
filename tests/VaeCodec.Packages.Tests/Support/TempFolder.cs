namespace VaeCodec.Packages.Tests;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Location { get; } = Directory.CreateTempSubdirectory("vaecodec-packages-").FullName;

    public string this[string name] => Path.Combine(Location, name);

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
