using System.CommandLine;
using System.Globalization;
using VaeCodec.Bundling;
using VaeCodec.Models;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Tool;

/// <summary>vaecodec bundle: trained float weights to a model file.</summary>
internal sealed class BundleCommand : ToolCommand
{
    private readonly Argument<string> _weights = SharedOptions.Name(new Argument<string>("WEIGHTS") { Description = "float weights of the standard network (.safetensors)" });
    private readonly Argument<string> _output = SharedOptions.Name(new Argument<string>("OUT") { Description = "the model file to write (.vaemodel)" });
    private readonly Option<string> _pictures = new("--pictures") { Description = "Folder of pictures to calibrate with; those with alpha or more than 8 bits a sample are passed over.", HelpName = "DIR", Required = true };
    private readonly Option<int> _every = OptionParsers.Integer("--every", "Take every N-th picture of the folder, in the order of their names.", 1, int.MaxValue, 16);
    private readonly Option<TableFit> _fit = new("--fit") { Description = "Symbols that the probability tables follow: Weighed for weights trained with weighed symbols, Rounded for others, None for Gaussians.", DefaultValueFactory = _ => TableFit.Weighed };
    private readonly Option<string> _name = new("--name") { Description = "Name of the model.", HelpName = "NAME", DefaultValueFactory = _ => ModelChoice.StandardName };
    private readonly Option<string[]> _card = CardLines.Option("A line of the model card, kept in the file; may be repeated.");
    private readonly Option<bool> _force = SharedOptions.Force();

    public BundleCommand()
        : base(
            "bundle",
            "Make a model file from trained float weights.",
            "The scale network is quantised to integers on the given pictures, probabilities are fitted to their symbols; what that costs and saves in rate is printed.",
            "",
            "Examples:",
            "  vaecodec bundle weights.safetensors my.vaemodel --pictures photos --name mine --card \"data=my own photographs\"")
    {
        _fit.AcceptOnlyFromAmong(Enum.GetNames<TableFit>());
        Add(_weights);
        Add(_output);
        Add(_pictures);
        Add(_every);
        Add(_fit);
        Add(_name);
        Add(_card);
        Add(_force);
        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string weightsPath = arguments.GetRequiredValue(_weights);
        run.Subject = weightsPath;
        Dictionary<string, string> card = CardLines.Parse(arguments.GetValue(_card));
        SharedOptions.RequireNames(arguments, _pictures, _name);
        OutputFile output = OutputFile.Open(arguments.GetRequiredValue(_output), arguments.GetValue(_force), weightsPath);
        await using (output.ConfigureAwait(false))
        {
            SafetensorsFile weights = LoadWeights(weightsPath);
            (byte[] file, RateReport report) = await ModelBundler.BundleAsync(
                weights,
                StandardNetwork.Of(weights),
                arguments.GetRequiredValue(_name),
                card,
                CalibrationPictures.Open(run, arguments.GetRequiredValue(_pictures), arguments.GetValue(_every)),
                arguments.GetValue(_fit),
                run.CancellationToken).ConfigureAwait(false);
            run.Subject = weightsPath;
            await output.Stream.WriteAsync(file, run.CancellationToken).ConfigureAwait(false);
            await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
            VaeModel model = VaeModel.Load(file);
            string summary = string.Create(CultureInfo.InvariantCulture, $"{model.Name} {model.Identity} {file.Length} bytes; integer scale network and tables: {100 * report.Loss:F3} % of rate lost, fitted tables save {100 * report.Saved:F3} %, over {report.Samples} samples");
            if (FilePaths.IsStandardOutput(arguments.GetRequiredValue(_output)))
            {
                // The model itself is what standard output is told.
                run.Note(summary);
            }
            else
            {
                run.Result(summary);
            }
        }

        return ExitCode.Ok;
    }

    private static SafetensorsFile LoadWeights(string path)
    {
        try
        {
            return SafetensorsFile.Load(path);
        }
        catch (ModelFileException exception)
        {
            throw new VaeModelException(VaeError.ModelInvalid, exception.Message, exception);
        }
    }
}
