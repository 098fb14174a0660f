using System.CommandLine;

namespace VaeCodec.Tool;

/// <summary>What every command that makes files of files can be told: which, where to, how many at a time.</summary>
/// <param name="what">What the inputs are.</param>
/// <param name="outputDefault">What the output is called where nothing is said.</param>
internal sealed class BatchArguments(string what, string outputDefault)
{
    private readonly Argument<string[]> _names = SharedOptions.Name(new Argument<string[]>("IN")
    {
        Description = $"{what}; IN OUT names one and its output, {outputDefault}. An OUT that is there and has another kind of name is named with -o. - is standard input or output. Three names and more, or two inputs, are a batch, each written beside its input or to --output-dir.",
        Arity = ArgumentArity.OneOrMore,
    });

    private readonly Option<string?> _output = new("--output", "-o") { Description = "The output of a single input.", HelpName = "OUT" };
    private readonly Option<bool> _force = SharedOptions.Force();
    private readonly Option<bool> _recursive = OptionParsers.Flag("--recursive", "Take what is in folders, too, and in theirs.", "-r");
    private readonly Option<string?> _folder = new("--output-dir") { Description = "Write to this folder, which is made; what was found in a folder keeps its place in it.", HelpName = "DIR" };
    private readonly Option<bool> _dryRun = OptionParsers.Flag("--dry-run", "Say what would be done, and do nothing.");
    private readonly Option<bool> _json = OptionParsers.Flag("--json", "One JSON object for each file on standard output, on a line of its own.");
    private readonly Option<int> _jobs = OptionParsers.Integer("--jobs", "Files of a batch at work at the same time, which share the threads; 0 is as many as there are threads, if memory allows.", 0, VaeLimits.MaxThreads, 0);
    private readonly Option<string?> _shard = new("--shard") { Description = $"Do only one share of a batch: I/N, I from 0; auto/N takes I from {Shard.KubernetesIndex} or {Shard.SlurmIndex}, auto takes N from Slurm as well.", HelpName = "I/N" };

    /// <summary>Lines about batches for a command's help.</summary>
    public static IReadOnlyList<string> Details { get; } =
    [
        "",
        "In a batch a file whose output is there already is skipped, so a run can be repeated; -f does all anew. What fails is",
        "reported and does not stop the others; the exit code is that of the first failure.",
        "JSON fields: status (encoded, decoded, planned, skipped, failed), input, output, input_bytes, output_bytes, width,",
        "height, bits_per_pixel, quality, psnr (where it was measured; null: identical), seconds; lost_tiles with --allow-partial;",
        "message, error and exit_code where it failed or is not whole. input_bytes of a part are those that were read.",
    ];

    /// <summary>Adds names and outputs to a command.</summary>
    public void AddFilesTo(ToolCommand command)
    {
        command.Add(_names);
        command.Add(_output);
        command.Add(_force);
    }

    /// <summary>Adds what is for batches.</summary>
    public void AddBatchTo(ToolCommand command)
    {
        command.Add(_recursive);
        command.Add(_folder);
        command.AddAdvanced(_jobs);
        command.AddAdvanced(_shard);
        command.AddAdvanced(_dryRun);
        command.AddAdvanced(_json);
        _shard.Validators.Add(Shard.Validate);
    }

    /// <summary>Whether existing outputs may be replaced.</summary>
    public bool Force(ParseResult arguments) => arguments.GetValue(_force);

    /// <summary>The files.</summary>
    /// <exception cref="UsageException">The arguments do not go together.</exception>
    public FileSelection Select(ParseResult arguments, FileKinds kinds)
    {
        FileSelection files = FileSelection.Find(arguments.GetRequiredValue(_names), arguments.GetValue(_output), arguments.GetValue(_folder), arguments.GetValue(_recursive), kinds);
        if (!files.IsBatch && arguments.GetValue(_json) && FilePaths.IsStandardOutput(files.Items[0].Output))
        {
            throw new UsageException("--json and the file cannot both go to standard output");
        }

        if (arguments.GetValue(_shard) is not { } text)
        {
            return files;
        }

        Shard shard = files.IsBatch ? Shard.Parse(text, Environment.GetEnvironmentVariable) : throw new UsageException("--shard splits a batch, and this is a single file");
        return files with { Items = [.. files.Items.Where(item => shard.Has(item.Name))] };
    }

    /// <summary>How the files are gone through.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="threads">Threads that there are for all of them; 0 is one for each processor.</param>
    public BatchRunner Runner(ParseResult arguments, int threads) => new()
    {
        Force = arguments.GetValue(_force),
        DryRun = arguments.GetValue(_dryRun),
        Json = arguments.GetValue(_json),
        Jobs = arguments.GetValue(_jobs),
        Threads = threads,
    };
}
