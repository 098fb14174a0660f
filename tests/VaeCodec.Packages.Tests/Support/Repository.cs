namespace VaeCodec.Packages.Tests;

/// <summary>Where things are.</summary>
internal static class Repository
{
    /// <summary>The folder that holds VaeCodec.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as this assembly was built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>An example's program.</summary>
    public static string Example(string name) => Path.Combine(Root, "examples", name, "bin", Configuration, "net10.0", name + ".dll");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VaeCodec.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds VaeCodec.sln.");
    }
}
