using System.Globalization;
using System.Text;
using VaeCodec.RateDistortion.Reports.Charts;
using VaeCodec.RateDistortion.Results;
using VaeCodec.Speed.Processes;

namespace VaeCodec.Speed.Reports;

/// <summary>How time and memory grow with pictures, and rates with threads.</summary>
internal static class ScalingReport
{
    private static readonly SvgChart s_cost = new("Whole process, one thread: seconds per megapixel", "megapixels", "seconds per megapixel", true);
    private static readonly SvgChart s_memory = new("Whole process, one thread: peak memory", "megapixels", "MB", true);
    private static readonly SvgChart s_threads = new("Whole process, 6 megapixels: rate over threads", "threads", "megapixels per second", true);

    /// <summary>The section.</summary>
    public static string Write(SpeedResults results)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Scaling

            Whole processes, as above; best of {WholeProcess.LargeRepetitions} above 10 megapixels. Time per megapixel falls until the start of the process no longer counts, then stays; memory grows with the width alone.

            | megapixels | threads | encode | decode | encode, s/MP | decode, s/MP | encode, peak | decode, peak |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (ProcessTime time in results.Scaling)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {time.Megapixels:0.##} | {time.Threads} | {time.EncodeRate:F2} MP/s | {time.DecodeRate:F2} MP/s | {1 / time.EncodeRate:F3} | {1 / time.DecodeRate:F3} | {time.EncodePeakBytes / 1e6:F0} MB | {time.DecodePeakBytes / 1e6:F0} MB |\n");
        }

        return text.Append("""

            ![Seconds per megapixel](benchmarks/scaling-cost.svg)

            ![Peak memory](benchmarks/scaling-memory.svg)

            ![Rate over threads](benchmarks/scaling-threads.svg)

            """).ToString();
    }

    /// <summary>Writes the charts.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="results">The results.</param>
    public static void WriteCharts(string folder, SpeedResults results)
    {
        ProcessTime[] single = [.. results.Scaling.Where(time => time.Threads == 1)];
        Draw(folder, "scaling-cost", s_cost, single, time => time.Megapixels, time => 1 / time.EncodeRate, time => 1 / time.DecodeRate);
        if (single.All(time => time.EncodePeakBytes is not null && time.DecodePeakBytes is not null))
        {
            Draw(folder, "scaling-memory", s_memory, single, time => time.Megapixels, time => time.EncodePeakBytes!.Value / 1e6, time => time.DecodePeakBytes!.Value / 1e6);
        }

        double mostMeasured = results.Scaling.GroupBy(time => time.Megapixels).MaxBy(group => group.Count())!.Key;
        Draw(folder, "scaling-threads", s_threads, [.. results.Scaling.Where(time => time.Megapixels == mostMeasured)], time => time.Threads, time => time.EncodeRate, time => time.DecodeRate);
    }

    private static void Draw(string folder, string name, SvgChart chart, ProcessTime[] times, Func<ProcessTime, double> across, Func<ProcessTime, double> encode, Func<ProcessTime, double> decode)
    {
        ChartSeries Series(string title, int style, Func<ProcessTime, double> value)
            => new(title, style, [.. times.Select(time => (across(time), value(time), string.Create(CultureInfo.InvariantCulture, $"{title}: {value(time):0.###} at {across(time):0.##}")))]);
        WholeFile.Write(Path.Combine(folder, name + ".svg"), chart.DrawFile([Series("encode", 0, encode), Series("decode", 1, decode)]));
    }
}
