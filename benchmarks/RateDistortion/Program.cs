using System.CommandLine;
using System.CommandLine.Invocation;
using VaeCodec.RateDistortion.CommandLine;

namespace VaeCodec.RateDistortion;

internal static class Program
{
    // A running point is ended, not waited for, so the time to save the results is all that is needed.
    private static readonly TimeSpan s_timeToSave = TimeSpan.FromSeconds(20);

    private static async Task<int> Main(string[] args)
    {
        // File names may begin with '@', so there are no response files.
        ParseResult arguments = new BenchCommand().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        int exitCode = await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = s_timeToSave });
        return arguments.Action is ParseErrorAction ? BenchCommand.Usage : exitCode;
    }
}
