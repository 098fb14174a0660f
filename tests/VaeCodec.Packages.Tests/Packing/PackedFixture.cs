namespace VaeCodec.Packages.Tests.Packing;

/// <summary>All packages, packed once.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    /// <summary>The folder with the packages.</summary>
    public string Location => _folder.Location;

    /// <summary>Their version.</summary>
    public string Version { get; private set; } = "";

    public async Task InitializeAsync()
    {
        (int code, string output, string error) = await Dotnet.RunAsync(Repository.Root, "pack", "VaeCodec.sln", "-c", Repository.Configuration, "--no-build", "-o", Location);
        Assert.True(code == 0, output + error);
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Location, "VaeCodec.Format.*.nupkg").Single())["VaeCodec.Format.".Length..];
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
