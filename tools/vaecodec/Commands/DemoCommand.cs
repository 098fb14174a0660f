using System.CommandLine;
using System.CommandLine.Parsing;

namespace VaeCodec.Tool;

/// <summary>vaecodec demo: encodes and decodes a picture and says what came of it.</summary>
internal sealed class DemoCommand : ToolCommand
{
    private readonly Argument<string?> _picture = SharedOptions.Name(new Argument<string?>("PICTURE")
    {
        Description = "A PNG, PNM or JPEG file; by default a generated picture of 768 x 512",
        Arity = ArgumentArity.ZeroOrOne,
    });

    private readonly Option<int[]> _qualities = OptionParsers.Integers("--quality", "1 to 100; repeat it for one row each.", 1, 100, [50], "-q");
    private readonly Option<string?> _outputFolder = new("--output-dir")
    {
        Description = "Keep the files in this folder, which is made when missing.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _keep = OptionParsers.Flag("--keep", "Keep the files in the temporary folder and say where they are.");
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<string?> _model = SharedOptions.Model("The model: a built-in name, or a .vaemodel file [default: standard]");
    private readonly Option<long?> _maxPixels = SharedOptions.MaxPixels();
    private readonly Option<long?> _maxMemory = SharedOptions.MaxMemory();

    public DemoCommand()
        : base(
            "demo",
            "Encode and decode a picture, and show size, quality and speed.",
            "Examples:",
            "  vaecodec demo                                        a generated picture at quality 50",
            "  vaecodec demo photo.png -q 25 -q 50 -q 75            three qualities of a photograph",
            "  vaecodec demo photo.png --output-dir out             keep the .vae file and the decoded picture")
    {
        Add(_picture);
        Add(_qualities);
        Add(_outputFolder);
        Add(_keep);
        Add(_force);
        Add(_threads);
        Add(_model);
        Add(_maxPixels);
        Add(_maxMemory);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string? given = arguments.GetValue(_outputFolder);
        FilePaths.RequireFolderName(given);
        bool keep = given is not null || arguments.GetValue(_keep);
        string? picture = arguments.GetValue(_picture);
        if (picture is not null)
        {
            // Fails now, before a folder is made for nothing.
            await using InputFile input = InputFile.Open(picture);
            if (!input.CanBeReadAgain)
            {
                throw new UsageException("demo reads its picture more than once, so it cannot be a pipe");
            }
        }

        string folder = given is null ? Directory.CreateTempSubdirectory("vaecodec-demo-").FullName : MakeFolder(given);
        try
        {
            var job = new DemoJob(
                run,
                folder,
                arguments.GetValue(_force),
                ModelChoice.Find(arguments.GetValue(_model)),
                arguments.GetValue(_threads),
                SharedOptions.Limits(arguments, _maxPixels, _maxMemory));
            int[] qualities = arguments.GetValue(_qualities) ?? [];
            await job.RunAsync(picture, [.. qualities.Distinct()]).ConfigureAwait(false);
            if (keep)
            {
                run.Result($"The files are in {Path.GetFullPath(folder)}");
            }
        }
        finally
        {
            if (!keep)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return ExitCode.Ok;
    }

    private static string MakeFolder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (UnauthorizedAccessException)
        {
            throw new RefusalException(path, "permission to make this folder is denied");
        }
        catch (IOException exception)
        {
            throw new FileFailureException(path, exception);
        }
    }
}
