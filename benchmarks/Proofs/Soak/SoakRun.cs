using System.Diagnostics;
using System.Globalization;
using VaeCodec.RateDistortion.Reports.Charts;

namespace VaeCodec.Proofs.Soak;

/// <summary>Runs cases side by side for some time, and holds the process's memory and threads against what they were.</summary>
internal static class SoakRun
{
    private const int Workers = 2;

    /// <summary>How many times what it was in the second third of the run memory may be in the last: what the collector leaves lying about.</summary>
    private const double MostGrowth = 1.15;

    private const int MoreThreads = 16;
    private static readonly SvgChart s_chart = new("Memory of a process that encodes and decodes without pause", "seconds", "MB", true);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any case takes, by far: what takes longer hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Soaks.</summary>
    /// <param name="time">How long.</param>
    /// <param name="curvePath">Where the memory curve goes, without extension; null for nowhere.</param>
    /// <param name="seed">What the cases are drawn from.</param>
    /// <param name="output">Where the report goes.</param>
    /// <returns>Whether all cases ended as they must, and memory and threads stayed.</returns>
    public static async Task<bool> RunAsync(TimeSpan time, string? curvePath, int seed, TextWriter output)
    {
        using Process process = Process.GetCurrentProcess();
        Stopwatch clock = Stopwatch.StartNew();
        SoakTally tally = new();
        using CancellationTokenSource stop = new(time);
        Task[] workers = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(seed + (worker * 1_000_000), tally, stop.Token)))];
        List<SoakSample> samples = [];
        while (!stop.IsCancellationRequested && !workers.Any(worker => worker.IsFaulted))
        {
            await Task.Delay(s_interval);
            process.Refresh();
            samples.Add(new SoakSample(clock.Elapsed.TotalSeconds, process.WorkingSet64 / 1e6, GC.GetTotalMemory(true) / 1e6, process.Threads.Count, tally.Total));
        }

        await Task.WhenAll(workers);
        if (curvePath is not null)
        {
            await File.WriteAllLinesAsync(curvePath + ".csv", [SoakSample.CsvHead, .. samples.Select(sample => sample.ToCsv())]);
            await File.WriteAllTextAsync(curvePath + ".svg", s_chart.DrawFile([Series("working set", 0, samples, sample => sample.WorkingSet), Series("live managed", 1, samples, sample => sample.Live)]));
        }

        tally.Report(output);
        return Judge(samples, output);
    }

    private static async Task WorkAsync(int seed, SoakTally tally, CancellationToken stop)
    {
        for (int number = seed; !stop.IsCancellationRequested; number++)
        {
            SoakCase soak = new(number);
            try
            {
                tally.Add(await soak.RunAsync().WaitAsync(s_patience, CancellationToken.None));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Case {number} ({soak}) broke the invariant.", exception);
            }
        }
    }

    private static bool Judge(List<SoakSample> samples, TextWriter output)
    {
        int third = samples.Count / 3;
        if (third == 0)
        {
            output.WriteLine("Too short to judge the memory.");
            return false;
        }

        bool holds = true;
        foreach ((string what, Func<SoakSample, double> value) in (ReadOnlySpan<(string, Func<SoakSample, double>)>)[("working set", sample => sample.WorkingSet), ("live managed memory", sample => sample.Live)])
        {
            (double first, double second, double last) = (samples[..third].Average(value), samples[third..(2 * third)].Average(value), samples[(2 * third)..].Average(value));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, means of the thirds of the run: {first:F0}, {second:F0}, {last:F0} MB"));
            holds &= last <= second * MostGrowth;
        }

        int threadsBefore = samples[..third].Max(sample => sample.Threads), threadsAfter = samples[^third..].Max(sample => sample.Threads);
        output.WriteLine($"threads: at most {threadsBefore}, at the end {threadsAfter}");
        holds &= threadsAfter <= threadsBefore + MoreThreads;
        output.WriteLine(holds ? "memory and threads stay" : "memory or threads GROW");
        return holds;
    }

    private static ChartSeries Series(string title, int style, List<SoakSample> samples, Func<SoakSample, double> value)
        => new(title, style, [.. samples.Select(sample => (sample.Seconds, value(sample), string.Create(CultureInfo.InvariantCulture, $"{value(sample):F0} MB after {sample.Seconds:F0} s")))]);
}
