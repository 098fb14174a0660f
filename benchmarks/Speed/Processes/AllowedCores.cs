using System.Globalization;

namespace VaeCodec.Speed.Processes;

/// <summary>The processors that this process may use, which need not be the first ones.</summary>
internal static class AllowedCores
{
    private const string StatusPath = "/proc/self/status", Field = "Cpus_allowed_list:";

    /// <summary>Their numbers. Where Linux does not say, as many as .NET counts, from 0.</summary>
    public static IReadOnlyList<int> Numbers { get; } = OperatingSystem.IsLinux() && File.ReadLines(StatusPath).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) is { } line
        ? [.. line[Field.Length..].Split(',').SelectMany(Range)]
        : [.. Enumerable.Range(0, Environment.ProcessorCount)];

    /// <summary>"3" or "0-7".</summary>
    private static IEnumerable<int> Range(string text)
    {
        int[] ends = [.. text.Split('-').Select(end => int.Parse(end.Trim(), CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
