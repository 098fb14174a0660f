using System.CommandLine;
using System.CommandLine.Parsing;

namespace VaeCodec.Tool;

/// <summary>What every command has in common: verbosity, cancellation by signals, errors to exit codes.</summary>
internal abstract class ToolCommand : Command
{
    private readonly List<Option> _advanced = [];
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

    /// <summary>Lines that follow those where all of the help is asked for.</summary>
    public IReadOnlyList<string> Details { get; protected init; } = [];

    /// <summary>Whether there is more to say than help says unless all of it is asked for.</summary>
    public bool HasDetails => _advanced.Count > 0 || Details.Count > 0;

    /// <summary>Adds an option that few people need: help names it only where all of it is asked for.</summary>
    public void AddAdvanced(Option option)
    {
        _advanced.Add(option);
        Add(option);
    }

    /// <summary>Shows those options in help and hides them again.</summary>
    /// <param name="all">Whether to show them.</param>
    public void ShowAdvanced(bool all) => _advanced.ForEach(option => option.Hidden = !all);

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(CommandRun run, ParseResult arguments);

    /// <summary>Adds -v and --quiet; called last, so that they come last in the help text.</summary>
    protected void AddVerbosity()
    {
        Add(_verbose);
        Add(_quiet);
    }

    /// <summary>Works on files one after the other. One that fails is reported and does not hide the others.</summary>
    /// <param name="run">The run; its subject is the file at work.</param>
    /// <param name="paths">Paths, or a dash for standard input.</param>
    /// <param name="work">Takes the path as the user gave it, and the open file; gives an exit code.</param>
    /// <returns>The first exit code that is not <see cref="ExitCode.Ok"/>.</returns>
    protected static async Task<int> ForEachInputAsync(CommandRun run, IEnumerable<string> paths, Func<string, InputFile, Task<int>> work)
    {
        int first = ExitCode.Ok;
        foreach (string path in paths)
        {
            int code;
            try
            {
                run.Subject = path;
                await using InputFile input = InputFile.Open(path);
                run.Subject = input.Name;
                code = await work(path, input).ConfigureAwait(false);
            }
            catch (Exception exception) when (!run.CancellationToken.IsCancellationRequested)
            {
                code = run.Fail(exception);
            }

            first = first == ExitCode.Ok ? code : first;
        }

        return first;
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
