using System.CommandLine;
using VaeCodec.Tool;

namespace VaeCodec.Train;

internal static class Program
{
    private static Task<int> Main(string[] args) => RunAsync(args);

    /// <summary>Runs the tool.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Trains the networks of VaeCodec.") { new TrainCommand(), new ExportCommand(), new PlotCommand() };
        ParseResult result = root.Parse(args);

        // The commands of the tool's own kind report exceptions and handle signals themselves. Training ends with a checkpoint,
        // which takes longer than the two seconds that are the default.
        InvocationConfiguration configuration = result.CommandResult.Command is ToolCommand
            ? new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
            : new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(10) };
        int code = await result.InvokeAsync(configuration).ConfigureAwait(false);
        return result.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}
