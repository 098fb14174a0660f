using System.Text.Json;
using VaeCodec.Conformance.Tests.Support;

namespace VaeCodec.Conformance.Tests.MustReject;

/// <summary>The folder spec/vectors/reject: the files, and reject.json, which says what each must give.</summary>
internal static class RejectedFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Vectors, "reject");

    public static string PathOf(string name) => Path.Combine(Folder, name + ".vae");

    private static string ListPath { get; } = Path.Combine(Folder, "reject.json");

    /// <summary>What reject.json says: name, kind of failure, why.</summary>
    public static IReadOnlyList<(string Name, string Error, string Why)> ReadList()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(ListPath));
        return [.. document.RootElement.EnumerateArray().Select(entry =>
            (Path.GetFileNameWithoutExtension(entry.GetProperty("stream").GetString()!), entry.GetProperty("error").GetString()!, entry.GetProperty("why").GetString()!))];
    }

    /// <summary>Writes all of the folder.</summary>
    public static void Write(IReadOnlyList<RejectedFile> files)
    {
        Directory.CreateDirectory(Folder);
        foreach (RejectedFile file in files)
        {
            File.WriteAllBytes(PathOf(file.Name), file.Make());
        }

        string[] lines = [.. files.Select(file => $"  {JsonSerializer.Serialize(new { stream = file.Name + ".vae", error = file.Error.ToString(), why = file.Why })}")];
        File.WriteAllText(ListPath, $"[\n{string.Join(",\n", lines)}\n]\n");
    }
}
