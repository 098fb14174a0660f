using System.CommandLine;
using System.Text;
using VaeCodec.Models.TorchSharp.Plotting;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Tool;

namespace VaeCodec.Train;

/// <summary>vaecodec-train plot: the logs of runs as a picture.</summary>
internal sealed class PlotCommand : ToolCommand
{
    private readonly Argument<string[]> _runs = SharedOptions.Name(new Argument<string[]>("RUN") { Description = "folders of runs, one or more", Arity = ArgumentArity.OneOrMore });
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The SVG file to write, or - for standard output [default: plot.svg in the first run's folder]", HelpName = "OUT" };
    private readonly Option<bool> _force = SharedOptions.Force();

    public PlotCommand()
        : base("plot", "Draw the logs of runs, one over the other: loss, rate, PSNR, gradient, learning rate, validation.")
    {
        Add(_runs);
        Add(_output);
        Add(_force);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string[] folders = arguments.GetRequiredValue(_runs);
        if (folders.Length > RunPlot.MaxRuns)
        {
            throw new UsageException($"a plot tells at most {RunPlot.MaxRuns} runs apart");
        }

        List<RunHistory> histories = [];
        foreach (string folder in folders)
        {
            run.Subject = Path.Combine(folder, RunHistory.FileName);
            histories.Add(RunHistory.Read(folder));
        }

        // A plot is made again and again while a run goes on: the one in its own folder is replaced without being asked.
        string? named = arguments.GetValue(_output);
        OutputFile output = OutputFile.Open(named ?? Path.Combine(folders[0], "plot.svg"), named is null || arguments.GetValue(_force));
        await using (output.ConfigureAwait(false))
        {
            await output.Stream.WriteAsync(Encoding.UTF8.GetBytes(RunPlot.Draw(histories)), run.CancellationToken).ConfigureAwait(false);
            await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }
}
