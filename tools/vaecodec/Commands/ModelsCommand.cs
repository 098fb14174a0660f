using System.CommandLine;
using VaeCodec.Generation;
using VaeCodec.Models.Standard;

namespace VaeCodec.Tool;

/// <summary>vaecodec models: the models at hand, and a copy of the one that files of this version need.</summary>
internal sealed class ModelsCommand : ToolCommand
{
    private readonly Argument<string[]> _files = SharedOptions.Name(new Argument<string[]>("FILE")
    {
        Description = ".vaemodel files to check and list beside the built-in models",
        Arity = ArgumentArity.ZeroOrMore,
    });

    private readonly Option<string?> _save = new("--save") { Description = "Write the standard model to this file (.vaemodel), to keep beside the files that need it.", HelpName = "OUT" };
    private readonly Option<bool> _force = SharedOptions.Force();

    public ModelsCommand()
        : base(
            "models",
            "List the models at hand: name and identity.",
            "Examples:",
            "  vaecodec models",
            "  vaecodec models other.vaemodel",
            "  vaecodec models --save standard.vaemodel                        keep it beside an archive",
            "  vaecodec decode photo.vae photo.png --model standard.vaemodel   for a version with another model",
            "",
            "A .vae file decodes only with the model whose identity it holds ('vaecodec info' shows it). A VAE with a Gaussian posterior,",
            "such as small, codes no files: sample, interpolate and recover take it.")
    {
        Add(_files);
        Add(_save);
        Add(_force);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        if (arguments.GetValue(_save) is { } path)
        {
            if (arguments.GetValue(_files) is { Length: > 0 })
            {
                throw new UsageException("--save writes the standard model; it takes no other files");
            }

            run.Subject = path;
            await SaveAsync(run, path, arguments.GetValue(_force)).ConfigureAwait(false);
            return ExitCode.Ok;
        }

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

        return exitCode;
    }

    private static async Task SaveAsync(CommandRun run, string path, bool force)
    {
        byte[] file = StandardModel.Read() ?? throw new VaeModelException(VaeError.ModelMissing, "This build has no standard model.");
        OutputFile output = OutputFile.Open(path, force);
        await using (output.ConfigureAwait(false))
        {
            await output.Stream.WriteAsync(file, run.CancellationToken).ConfigureAwait(false);
            await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
            run.Note($"{VaeModel.Standard.Name} {VaeModel.Standard.Identity} -> {output.Name}");
        }
    }
}
