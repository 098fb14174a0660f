using System.CommandLine;
using VaeCodec.Generation;

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
            "A .vae file decodes only with the model whose identity it holds ('vaecodec info' shows it). A VAE with a Gaussian posterior,",
            "such as small, codes no files: sample, interpolate and recover take it.")
    {
        Add(_files);
        AddVerbosity();
    }

    protected override Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        int exitCode = ExitCode.Ok;
        foreach (string name in (string[])[ModelChoice.StandardName, SmallVae.Name, .. arguments.GetValue(_files) ?? []])
        {
            run.Subject = name;
            try
            {
                using GenerativeModel model = GenerativeModel.Find(name);
                string origin = name is ModelChoice.StandardName or SmallVae.Name ? "built in" : name;
                run.Result(model.Small is { } small
                    ? $"{small.Name,-12} {small.Identity}  {origin}, VAE with a Gaussian posterior"
                    : $"{model.Codec!.Name,-12} {model.Codec.Identity}  {origin}");
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
}
