using System.Globalization;
using VaeCodec.RateDistortion.Codecs;

namespace VaeCodec.RateDistortion.CommandLine;

/// <summary>The qualities that the user asks for.</summary>
internal sealed class QualityChoice
{
    private readonly Dictionary<string, int[]> _byCodec = [];
    private int[]? _forAll;

    /// <summary>Reads values of --qualities: LIST for all codecs, or CODEC=LIST.</summary>
    /// <exception cref="BenchUsageException">A value is neither, or names a codec that is not measured.</exception>
    public static QualityChoice Parse(IEnumerable<string> values, IReadOnlyList<ICodec> codecs)
    {
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
            if (!CodecCatalogue.Names.Contains(name) && codecs.All(codec => codec.Name != name && codec.Family != name))
            {
                throw new BenchUsageException($"--qualities names '{name}', which is none of the codecs measured.");
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
