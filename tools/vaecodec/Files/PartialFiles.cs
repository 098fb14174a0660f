using System.Collections.Concurrent;

namespace VaeCodec.Tool;

/// <summary>The temporary files of this process, for the one case in which nobody else deletes them: a second Ctrl-C.</summary>
internal static class PartialFiles
{
    private static readonly ConcurrentDictionary<string, byte> s_paths = new();

    public static void Add(string path) => s_paths.TryAdd(path, 0);

    public static void Remove(string path) => s_paths.TryRemove(path, out _);

    /// <summary>Deletes one, if it can be: what brought it to that matters, and is reported already.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
            Remove(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Deletes all that are left. Never throws: the process is about to end.</summary>
    public static void DeleteAll()
    {
        foreach (string path in s_paths.Keys)
        {
            Delete(path);
        }
    }
}
