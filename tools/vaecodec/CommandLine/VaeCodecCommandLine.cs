using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace VaeCodec.Tool;

/// <summary>The root of the command line: parses, reports usage errors, runs the command.</summary>
internal static class VaeCodecCommandLine
{
    private const string Name = "vaecodec";

    /// <summary>Runs the tool.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        args = OperatingSystem.IsWindows() ? [.. Wildcards.Expand(args)] : args;
        ModelChoice.LoadAhead(args);
        RootCommand root = Build();

        // File names may begin with '@', so there are no response files.
        ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is ParseErrorAction)
        {
            return ReportUsage(result);
        }

        // Signals and exceptions are handled in ToolCommand, which knows about exit codes and temporary files.
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        using var suggestions = new StringWriter();
        bool isSuggestion = args is [['[', ..], ..];
        if (isSuggestion)
        {
            configuration.Output = suggestions;
        }

        try
        {
            int code = await result.InvokeAsync(configuration).ConfigureAwait(false);
            if (isSuggestion)
            {
                // Shells split them at line feeds alone, on Windows, too.
                Console.Out.Write(suggestions.ToString().ReplaceLineEndings("\n"));
            }

            return code;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of --help and --version, which no command prints.
            ErrorReport.Write(exception, StandardStreams.OutputName, false);
            return ExitCode.Failure;
        }
    }

    /// <summary>The whole tree of commands.</summary>
    internal static RootCommand Build()
    {
        var root = new RootCommand("Encodes pictures to .vae files and back with a learned codec.")
        {
            new EncodeCommand(),
            new DecodeCommand(),
            new InfoCommand(),
            new VerifyCommand(),
            new InspectCommand(),
            new SampleCommand(),
            new InterpolateCommand(),
            new RecoverCommand(),
            new CompareCommand(),
            new BenchCommand(),
            new DemoCommand(),
            new ModelsCommand(),
            new BundleCommand(),
            new CompletionCommand(),
        };
        foreach (Option option in root.Options)
        {
            switch (option)
            {
                case HelpOption { Action: HelpAction action } help:
                    help.Action = new HelpWithExamplesAction(action);
                    break;
                case VersionOption version:
                    version.Action = new VersionAction();
                    break;
            }
        }

        return root;
    }

    private static int ReportUsage(ParseResult result)
    {
        foreach (string message in UsageErrors(result).Distinct())
        {
            Messages.Write($"{Name}: {message}");
        }

        string command = result.CommandResult.Command is RootCommand ? Name : $"{Name} {result.CommandResult.Command.Name}";
        Messages.Write($"Try '{command} --help'.");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> UsageErrors(ParseResult result)
    {
        if (result.CommandResult.Command is not RootCommand root)
        {
            return result.Errors.Select(error => error.Message.ReplaceLineEndings(" ").Trim());
        }

        string commands = string.Join(", ", root.Subcommands.Select(command => command.Name));
        return [result.UnmatchedTokens is [{ } word, ..] ? $"unknown command '{word}'; there are {commands}" : $"no command given; there are {commands}"];
    }
}
