using System.CommandLine;

namespace VaeCodec.Tool;

/// <summary>The option --card: lines of a model card.</summary>
internal static class CardLines
{
    // Metadata that a model file needs for itself.
    private static readonly string[] s_reserved = ["format", "name", "description"];

    public static Option<string[]> Option(string description) => new("--card") { Description = description, HelpName = "KEY=TEXT" };

    /// <summary>The lines by their keys; a later one takes the place of an earlier one.</summary>
    /// <exception cref="UsageException">One has no '=', or a key that is not free.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string>? lines)
    {
        Dictionary<string, string> card = [];
        foreach (string line in lines ?? [])
        {
            string[] parts = line.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0)
            {
                throw new UsageException($"--card takes KEY=TEXT, not \"{line}\"");
            }

            card[parts[0]] = Array.IndexOf(s_reserved, parts[0]) < 0 ? parts[1] : throw new UsageException($"--card cannot set \"{parts[0]}\", which the model file needs for itself");
        }

        return card;
    }
}
