using System.CommandLine;

namespace VaeCodec.Tool;

/// <summary>vaecodec models: the models at hand.</summary>
internal sealed class ModelsCommand : ToolCommand
{
    private readonly Argument<string[]> _files = SharedOptions.Name(new Argument<string[]>("FILE")
    {
        Description = ".vaemodel files to check and list beside the built-in models",
        Arity = ArgumentArity.ZeroOrMore,
    });

    public ModelsCommand()
        : base(
            "models",
            "List the models at hand: name and identity.",
            "Examples:",
            "  vaecodec models",
            "  vaecodec models other.vaemodel",
            "",
            "A .vae file decodes only with the model whose identity it holds ('vaecodec info' shows it).")
    {
        Add(_files);
        AddVerbosity();
    }

    protected override Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        int exitCode = ExitCode.Ok;
        foreach (string name in (string[])[ModelChoice.StandardName, .. arguments.GetValue(_files) ?? []])
        {
            run.Subject = name;
            try
            {
                VaeModel? other = ModelChoice.Find(name);
                Show(run, other ?? VaeModel.Standard, other is null ? "built in" : name);
            }
            catch (Exception exception)
            {
                // One bad model must not hide the others.
                int failure = run.Fail(exception);
                exitCode = exitCode == ExitCode.Ok ? failure : exitCode;
            }
        }

        return Task.FromResult(exitCode);
    }

    private static void Show(CommandRun run, VaeModel model, string origin)
        => run.Result($"{model.Name,-12} {model.Identity}  {origin}");
}
