namespace VaeCodec.Tests.Support;

/// <summary>The folder "shared" beside the repository, with pictures and reference weights that are not part of it.</summary>
internal static class SharedFolder
{
    /// <summary>Where it lies, or null where it is absent.</summary>
    public static string? Path { get; } = Find();

    public static string File(string relative) => System.IO.Path.Combine(Path ?? throw new InvalidOperationException("../shared is absent."), relative);

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "VaeCodec.sln")))
        {
            folder = folder.Parent;
        }

        string? shared = folder?.Parent is { } parent ? System.IO.Path.Combine(parent.FullName, "shared") : null;
        return Directory.Exists(shared) ? shared : null;
    }
}
