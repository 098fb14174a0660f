using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using VaeCodec.Bundling;
using VaeCodec.Imaging;
using VaeCodec.Models;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Tool;

/// <summary>vaecodec bundle: trained float weights to a model file.</summary>
internal sealed class BundleCommand : ToolCommand
{
    private readonly Argument<string> _weights = SharedOptions.Name(new Argument<string>("WEIGHTS") { Description = "float weights of the standard network (.safetensors)" });
    private readonly Argument<string> _output = SharedOptions.Name(new Argument<string>("OUT") { Description = "the model file to write (.vaemodel)" });
    private readonly Option<string> _pictures = new("--pictures") { Description = "Folder of pictures to calibrate the integer scale network with.", HelpName = "DIR", Required = true };
    private readonly Option<int> _every = OptionParsers.Integer("--every", "Take every N-th picture of the folder, in the order of their names.", 1, int.MaxValue, 16);
    private readonly Option<string> _name = new("--name") { Description = "Name of the model.", HelpName = "NAME", DefaultValueFactory = _ => ModelChoice.StandardName };
    private readonly Option<string[]> _card = new("--card") { Description = "A line of the model card, kept in the file; may be repeated.", HelpName = "KEY=TEXT" };
    private readonly Option<bool> _force = SharedOptions.Force();

    public BundleCommand()
        : base(
            "bundle",
            "Make a model file from trained float weights.",
            "The scale network is quantised to integers on the given pictures; what that costs in rate is printed.",
            "",
            "Examples:",
            "  vaecodec bundle weights.safetensors my.vaemodel --pictures photos --name mine --card \"data=my own photographs\"")
    {
        Add(_weights);
        Add(_output);
        Add(_pictures);
        Add(_every);
        Add(_name);
        Add(_card);
        Add(_force);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string weightsPath = arguments.GetRequiredValue(_weights);
        run.Subject = weightsPath;
        Dictionary<string, string> card = [];
        foreach (string line in arguments.GetValue(_card) ?? [])
        {
            string[] parts = line.Split('=', 2);
            card[parts[0]] = parts.Length == 2 ? parts[1] : throw new UsageException($"--card takes KEY=TEXT, not \"{line}\"");
        }

        OutputFile output = OutputFile.Open(arguments.GetRequiredValue(_output), arguments.GetValue(_force), weightsPath);
        await using (output.ConfigureAwait(false))
        {
            (SafetensorsFile weights, ModelDescription description) = LoadWeights(weightsPath);
            (byte[] file, RateReport report) = await ModelBundler.BundleAsync(
                weights,
                description,
                arguments.GetRequiredValue(_name),
                card,
                OpenPictures(arguments.GetRequiredValue(_pictures), arguments.GetValue(_every), run, run.CancellationToken),
                run.CancellationToken).ConfigureAwait(false);
            await output.Stream.WriteAsync(file, run.CancellationToken).ConfigureAwait(false);
            await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
            VaeModel model = VaeModel.Load(file);
            run.Result(string.Create(CultureInfo.InvariantCulture, $"{model.Name} {model.Identity} {file.Length} bytes; integer scale network and tables: {100 * report.Loss:F3} % of rate lost over {report.Samples} samples"));
        }

        return ExitCode.Ok;
    }

    private static (SafetensorsFile Weights, ModelDescription Description) LoadWeights(string path)
    {
        try
        {
            SafetensorsFile weights = SafetensorsFile.Load(path);
            return (weights, ModelDescription.StandardOf(weights));
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, exception.Message, exception);
        }
    }

    private static async IAsyncEnumerable<IRowSource> OpenPictures(string folder, int every, CommandRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string weights = run.Subject ?? string.Empty;
        run.Subject = folder;
        string[] files = [.. Directory.EnumerateFiles(folder).Where(file => PictureFormats.TryFromPath(file, out _)).Order(StringComparer.Ordinal)];
        for (int i = 0; i < files.Length; i += every)
        {
            run.Subject = files[i];
            FileStream stream = File.OpenRead(files[i]);
            await using (stream.ConfigureAwait(false))
            {
                IPictureReader picture = await PictureReader.OpenAsync(stream, null, cancellationToken).ConfigureAwait(false);
                await using (picture.ConfigureAwait(false))
                {
                    yield return picture;
                }
            }
        }

        run.Subject = weights;
    }
}
