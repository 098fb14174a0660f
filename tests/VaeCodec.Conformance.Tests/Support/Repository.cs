namespace VaeCodec.Conformance.Tests.Support;

/// <summary>Where the committed files are.</summary>
internal static class Repository
{
    /// <summary>The folder that holds VaeCodec.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>spec/vectors.</summary>
    public static string Vectors { get; } = Path.Combine(Root, "spec", "vectors");

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
