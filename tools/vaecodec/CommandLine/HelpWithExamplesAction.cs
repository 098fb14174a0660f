using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace VaeCodec.Tool;

/// <summary>The standard help text, followed by the command's notes and examples.</summary>
internal sealed class HelpWithExamplesAction(HelpAction standard) : SynchronousCommandLineAction
{
    private static readonly string[] s_rootNotes =
    [
        "Examples:",
        "  vaecodec demo                          try it: encode and decode a generated picture",
        "  vaecodec encode photo.png              write photo.vae",
        "  vaecodec decode photo.vae              write photo.png",
        "  vaecodec bench photos                  compare with other codecs on a folder of pictures",
        "  vaecodec encode --help                 what a command does; with --verbose all there is to say",
        "  vaecodec completion bash               a script that completes commands and options",
        "",
        "Exit codes:",
        "  0 done, 1 failure, 2 wrong usage, 3 damaged or not understood input, 4 limit exceeded,",
        "  5 model missing or invalid, 6 made of a damaged file (--allow-partial), 130 cancelled",
        "",
        "Environment:",
        "  VAECODEC_TRACE=1                       print a stack trace with every error",
        "  VAECODEC_ISA=scalar|128|256|512        force a CPU path (the pixels do not depend on it)",
    ];

    // Asking for help is never a usage error, whatever else is on the line.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        ToolCommand? command = parseResult.CommandResult.Command as ToolCommand;
        bool all = parseResult.Tokens.Any(token => token.Value is "-v" or "--verbose");
        command?.ShowAdvanced(all);
        int exitCode = standard.Invoke(parseResult);
        IReadOnlyList<string> notes = command switch
        {
            null => s_rootNotes,
            _ when all => [.. command.Notes, .. command.Details],
            { HasDetails: true } => [.. command.Notes, "", $"More options and details: vaecodec {command.Name} --help --verbose"],
            _ => command.Notes,
        };
        foreach (string line in notes)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(line);
        }

        return exitCode;
    }
}
