using System.Globalization;
using System.Text;
using VaeCodec.Models.Description;
using VaeCodec.RateDistortion.Reports.Charts;
using VaeCodec.RateDistortion.Results;
using VaeCodec.Speed.Measuring;
using VaeCodec.Speed.Processes;

namespace VaeCodec.Speed.Reports;

/// <summary>How time and memory grow with pictures, and rates with threads.</summary>
internal static class ScalingReport
{
    private static readonly SvgChart s_cost = new("One thread: seconds per megapixel", "megapixels", "seconds per megapixel", true);
    private static readonly SvgChart s_memory = new("Whole process, one thread: peak memory", "megapixels", "MB", true);
    private static readonly SvgChart s_threads = new("Whole process, 6 megapixels: rate over threads", "threads", "megapixels per second", true);

    /// <summary>The section.</summary>
    public static string Write(SpeedResults results)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Scaling

            Whole processes, as above; best of {WholeProcess.LargeRepetitions} above 10 megapixels. Time per megapixel falls until the start of the process no longer counts, then stays; memory grows with the width alone.
            "Started" is the library in a process that has started: a picture in memory, the model ready. What is computed are the sides rounded up to multiples of 64, which adds
            {Padding(results.Started[0].Megapixels)} to the smallest picture and {Padding(results.Megapixels)} to that of {results.Megapixels:0.#} megapixels.

            | megapixels | threads | encode | decode | encode, s/MP | decode, s/MP | encode, peak | decode, peak |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (ProcessTime time in results.Scaling)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {time.Megapixels:0.##} | {time.Threads} | {time.EncodeRate:F2} MP/s | {time.DecodeRate:F2} MP/s | {1 / time.EncodeRate:F3} | {1 / time.DecodeRate:F3} | {time.EncodePeakBytes / 1e6:F0} MB | {time.DecodePeakBytes / 1e6:F0} MB |\n");
        }

        foreach (ProcessTime time in results.Started)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {time.Megapixels:0.##} | 1, started | {time.EncodeRate:F2} MP/s | {time.DecodeRate:F2} MP/s | {1 / time.EncodeRate:F3} | {1 / time.DecodeRate:F3} | | |\n");
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
        ProcessTime[] single = [.. results.Scaling.Where(time => time.Threads == 1)], started = [.. results.Started];
        Draw(folder, "scaling-cost", s_cost, [
            Series("encode", 0, single, time => time.Megapixels, time => 1 / time.EncodeRate), Series("decode", 1, single, time => time.Megapixels, time => 1 / time.DecodeRate),
            Series("encode, started", 2, started, time => time.Megapixels, time => 1 / time.EncodeRate), Series("decode, started", 3, started, time => time.Megapixels, time => 1 / time.DecodeRate)]);
        if (single.All(time => time.EncodePeakBytes is not null && time.DecodePeakBytes is not null))
        {
            Draw(folder, "scaling-memory", s_memory, [
                Series("encode", 0, single, time => time.Megapixels, time => time.EncodePeakBytes!.Value / 1e6), Series("decode", 1, single, time => time.Megapixels, time => time.DecodePeakBytes!.Value / 1e6)]);
        }

        double mostMeasured = results.Scaling.GroupBy(time => time.Megapixels).MaxBy(group => group.Count())!.Key;
        ProcessTime[] threads = [.. results.Scaling.Where(time => time.Megapixels == mostMeasured)];
        Draw(folder, "scaling-threads", s_threads, [Series("encode", 0, threads, time => time.Threads, time => time.EncodeRate), Series("decode", 1, threads, time => time.Threads, time => time.DecodeRate)]);
    }

    private static string Padding(double megapixels)
    {
        (int width, int height) = SampleSize.Of(megapixels);
        double padded = (double)ModelDescription.PadSide(width) * ModelDescription.PadSide(height);
        return string.Create(CultureInfo.InvariantCulture, $"{100 * ((padded / ((double)width * height)) - 1):F0} %");
    }

    private static ChartSeries Series(string title, int style, ProcessTime[] times, Func<ProcessTime, double> across, Func<ProcessTime, double> up)
        => new(title, style, [.. times.Select(time => (across(time), up(time), string.Create(CultureInfo.InvariantCulture, $"{title}: {up(time):0.###} at {across(time):0.##}")))]);

    private static void Draw(string folder, string name, SvgChart chart, ChartSeries[] series) => WholeFile.Write(Path.Combine(folder, name + ".svg"), chart.DrawFile(series));
}
