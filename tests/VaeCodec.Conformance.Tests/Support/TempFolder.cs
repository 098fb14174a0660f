namespace VaeCodec.Conformance.Tests.Support;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Location { get; } = Directory.CreateTempSubdirectory("vaecodec-conformance-").FullName;

    /// <summary>Names of everything in it, in order.</summary>
    public string[] Names => [.. Directory.GetFileSystemEntries(Location).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    public string this[string name] => Path.Combine(Location, name);

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
