using System.Globalization;
using VaeCodec.RateDistortion.Codecs;

namespace VaeCodec.RateDistortion.CommandLine;

/// <summary>The qualities that the user asks for.</summary>
internal sealed class QualityChoice
{
    private readonly Dictionary<string, int[]> _byCodec = [];
    private int[]? _forAll;

    /// <summary>Reads values of --qualities: LIST for all codecs, or CODEC=LIST.</summary>
    /// <param name="values">The values.</param>
    /// <param name="codecs">The codecs that are measured.</param>
    /// <param name="leftOut">Names of codecs that would be measured if they were installed; what is said of them waits until they are.</param>
    /// <exception cref="BenchUsageException">A value is neither, or names a codec that is not measured or has no qualities.</exception>
    public static QualityChoice Parse(IEnumerable<string> values, IReadOnlyList<ICodec> codecs, IReadOnlyCollection<string> leftOut)
    {
        ICodec[] lossy = [.. codecs.Where(codec => codec.DefaultQualities.Count > 0)];
        var choice = new QualityChoice();
        foreach (string value in values)
        {
            int sign = value.IndexOf('=', StringComparison.Ordinal);
            int[] list = List(value[(sign + 1)..]);
            if (sign < 0)
            {
                choice._forAll = list;
                continue;
            }

            string name = value[..sign];
            if (!leftOut.Contains(name) && lossy.All(codec => codec.Name != name && codec.Family != name))
            {
                string known = lossy.Length == 0 ? "there are none" : string.Join(", ", lossy.Select(codec => codec.Name));
                throw new BenchUsageException($"--qualities names '{name}', which is none of the lossy codecs that are measured ({known}). Leave it out, or add the codec to --codecs.");
            }

            choice._byCodec[name] = list;
        }

        return choice;
    }

    /// <summary>The qualities for a codec, or null for its own. What is said of it by name counts before what is said of its family.</summary>
    public IReadOnlyList<int>? For(ICodec codec)
        => _byCodec.TryGetValue(codec.Name, out int[]? own) || _byCodec.TryGetValue(codec.Family, out own) ? own : _forAll;

    private static int[] List(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0
            ? [.. words.Select(word => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new BenchUsageException($"'{word}' is not a whole number (--qualities)."))]
            : throw new BenchUsageException("--qualities has an empty list.");
    }
}
