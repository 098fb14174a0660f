using System.CommandLine;
using System.CommandLine.Parsing;

namespace VaeCodec.Tool;

/// <summary>What every command has in common: verbosity, cancellation by signals, errors to exit codes.</summary>
internal abstract class ToolCommand : Command
{
    private readonly Option<bool> _verbose = OptionParsers.Flag("--verbose", "Say more on standard error; twice: with stack traces for errors.", "-v");
    private readonly Option<bool> _quiet = OptionParsers.Flag("--quiet", "Print nothing but errors.");

    protected ToolCommand(string name, string description, params string[] notes)
        : base(name, description)
    {
        Notes = notes;
        SetAction(InvokeAsync);
    }

    /// <summary>Lines that follow the help text: explanations and examples.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(CommandRun run, ParseResult arguments);

    /// <summary>Adds -v and --quiet; called last, so that they come last in the help text.</summary>
    protected void AddVerbosity()
    {
        Add(_verbose);
        Add(_quiet);
    }

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        OptionResult? verbose = arguments.GetResult(_verbose);
        using var run = new CommandRun(verbose?.IdentifierTokenCount ?? 0, arguments.GetValue(_quiet), cancellationToken);
        try
        {
            return await RunAsync(run, arguments).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return run.Fail(exception);
        }
    }
}
