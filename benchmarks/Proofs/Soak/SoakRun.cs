using System.Diagnostics;
using System.Globalization;

namespace VaeCodec.Proofs.Soak;

/// <summary>Runs cases side by side for some time, and holds the process's memory and threads against what they were.</summary>
internal static class SoakRun
{
    private const int Workers = 2;

    /// <summary>What the memory may be more in the last third of the run than in the second: what the collector leaves lying about.</summary>
    private const double MostGrowth = 1.1;

    private const int MoreThreads = 16;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any case takes, by far: what takes longer hangs.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Soaks.</summary>
    /// <param name="time">How long.</param>
    /// <param name="csvPath">Where the memory curve goes; null for nowhere.</param>
    /// <param name="seed">What the cases are drawn from.</param>
    /// <param name="output">Where the report goes.</param>
    /// <returns>Whether all cases ended as they must, and memory and threads stayed.</returns>
    public static async Task<bool> RunAsync(TimeSpan time, string? csvPath, int seed, TextWriter output)
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
        if (csvPath is not null)
        {
            await File.WriteAllLinesAsync(csvPath, ["seconds,working set MB,live MB,threads,cases", .. samples.Select(sample => sample.ToCsv())]);
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

        (double first, double second, double last) = (Most(samples[..third]), Most(samples[third..(2 * third)]), Most(samples[(2 * third)..]));
        int threadsBefore = samples[..third].Max(sample => sample.Threads), threadsAfter = samples[^third..].Max(sample => sample.Threads);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest working set by thirds of the run: {first:F0}, {second:F0}, {last:F0} MB; threads {threadsBefore}, at the end {threadsAfter}"));
        bool holds = last <= second * MostGrowth && threadsAfter <= threadsBefore + MoreThreads;
        output.WriteLine(holds ? "memory and threads stay" : "memory or threads GROW");
        return holds;
    }

    private static double Most(List<SoakSample> samples) => samples.Max(sample => sample.WorkingSet);
}
