using System.Globalization;

namespace VaeCodec.Tool;

/// <summary>Sizes and counts with suffixes, as people type and read them.</summary>
/// <remarks>k, M and G (also kB, MB, GB) are powers of 1000; KiB, MiB and GiB are powers of 1024 (IEC 80000-13).</remarks>
internal static class ByteSize
{
    private static readonly (string Suffix, long Factor)[] s_binary = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    private static readonly (string Suffix, long Factor)[] s_decimal = [("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000)];

    /// <summary>Reads a size in bytes, such as 65536, 500k, 1.5GiB or 2 GB.</summary>
    /// <returns>False for anything else, for less than one byte and for more than <see cref="long.MaxValue"/>.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        text = text.Trim();
        foreach ((string suffix, long factor) in s_binary)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return TryScale(text[..^suffix.Length], factor, out bytes);
            }
        }

        if (text.EndsWith('B') || text.EndsWith('b'))
        {
            text = text[..^1];
        }

        return TryParseCount(text, out bytes);
    }

    /// <summary>Reads a count, such as 1000000, 40M or 1.5G.</summary>
    /// <returns>False for anything else, for less than one and for more than <see cref="long.MaxValue"/>.</returns>
    public static bool TryParseCount(string text, out long count)
    {
        text = text.Trim();
        foreach ((string suffix, long factor) in s_decimal)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return TryScale(text[..^suffix.Length], factor, out count);
            }
        }

        return TryScale(text, 1, out count);
    }

    /// <summary>Writes a size for people: 999 B, 23.5 kB, 1.2 MB.</summary>
    public static string Format(long bytes)
    {
        if (bytes < 1000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        double value = bytes;
        foreach (string unit in (ReadOnlySpan<string>)["kB", "MB"])
        {
            value /= 1000;
            if (value < 999.95)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0.0} GB");
    }

    private static bool TryScale(string number, long factor, out long value)
    {
        value = 0;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite;
        if (!decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out decimal parsed))
        {
            return false;
        }

        // Larger than any long before scaling: the product below might leave even decimal's range.
        if (parsed > long.MaxValue)
        {
            return false;
        }

        decimal scaled = parsed * factor;
        if (scaled < 1 || scaled > long.MaxValue || (factor == 1 && scaled != decimal.Truncate(scaled)))
        {
            return false;
        }

        value = (long)scaled;
        return true;
    }
}
