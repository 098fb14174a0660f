using System.CommandLine;
using VaeCodec.RateDistortion.CommandLine;

namespace VaeCodec.RateDistortion;

internal static class Program
{
    // A running point is ended, not waited for, so the time to save the results is all that is needed.
    private static readonly TimeSpan s_timeToSave = TimeSpan.FromSeconds(20);

    private static Task<int> Main(string[] args)
        => new BenchCommand().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = s_timeToSave });
}
