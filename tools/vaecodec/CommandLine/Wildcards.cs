namespace VaeCodec.Tool;

/// <summary>
/// Arguments as a shell of Unix hands them over. On Windows programs expand wildcards themselves; no file name there has '*' or '?' in it, so nothing else can be meant.
/// </summary>
internal static class Wildcards
{
    private static readonly char[] s_wild = ['*', '?'];

    /// <summary>What paths that Windows is to take as they are begin with.</summary>
    private const string Verbatim = @"\\?\";

    /// <summary>
    /// Replaces each argument that has wildcards in its last part by the files and folders that match, in the order of their names. One that nothing matches stays as it is, as do options and wildcards in folders;
    /// what begins with a dot matches only what says so.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    public static IEnumerable<string> Expand(IEnumerable<string> arguments) => arguments.SelectMany(Expand);

    private static string[] Expand(string argument)
    {
        string pattern = Path.GetFileName(argument);
        string folder = argument[..^pattern.Length];
        if (argument.StartsWith('-') || pattern.IndexOfAny(s_wild) < 0 || folder.AsSpan(folder.StartsWith(Verbatim, StringComparison.Ordinal) ? Verbatim.Length : 0).IndexOfAny(s_wild) >= 0)
        {
            return [argument];
        }

        try
        {
            var how = new EnumerationOptions { MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = 0 };
            string[] found = [.. Directory.EnumerateFileSystemEntries(folder.Length == 0 ? "." : folder, pattern, how)
                .Select(path => Path.GetFileName(path))
                .Where(name => name[0] != '.' || pattern[0] == '.')
                .Order(StringComparer.OrdinalIgnoreCase)
                .Select(name => folder + name)];
            return found.Length == 0 ? [argument] : found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The command says what is wrong with the folder.
            return [argument];
        }
    }
}
