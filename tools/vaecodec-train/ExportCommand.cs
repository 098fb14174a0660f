using System.CommandLine;
using System.Globalization;
using System.Text;
using VaeCodec.Models;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Export;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Training;
using VaeCodec.Tool;

namespace VaeCodec.Train;

/// <summary>vaecodec-train export: the averaged weights of a run to a model file with its card.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private readonly Argument<string> _run = SharedOptions.Name(new Argument<string>("RUN") { Description = "folder of the run, with its log and averaged weights" });
    private readonly Argument<string> _output = SharedOptions.Name(new Argument<string>("OUT") { Description = "the model file to write (.vaemodel)" });
    private readonly Option<string?> _pictures = new("--pictures") { Description = "Folder of pictures to calibrate the integer scale network with, where those with alpha or more than 8 bits a sample are passed over; a run of the small VAE needs none.", HelpName = "DIR" };
    private readonly Option<int> _every = OptionParsers.Integer("--every", "Take every N-th picture of the folder, in the order of their names.", 1, int.MaxValue, 16);
    private readonly Option<string?> _name = new("--name") { Description = "Name of the model [default: standard, or small]", HelpName = "NAME" };
    private readonly Option<string?> _curve = new("--curve", "--held-out") { Description = "Folder of pictures to measure the curve on, with real files; without it the card has none.", HelpName = "DIR" };
    private readonly Option<int[]> _qualities = OptionParsers.Integers("--quality", "A quality of the curve; may be repeated.", 1, 100, [1, 20, 40, 60, 80, 100]);
    private readonly Option<string[]> _card = CardLines.Option("A further line of the model card, or one in place of a line made here; may be repeated.");
    private readonly Option<string?> _cardFile = new("--card-file") { Description = "Also write the card as a Markdown page.", HelpName = "PATH" };
    private readonly Option<string?> _remainder = new("--remainder") { Description = "Also write what the model file leaves out of the weights, so that a run can start from the two (train --from).", HelpName = "PATH" };
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<bool> _force = SharedOptions.Force();

    public ExportCommand()
        : base("export", "Make a model file of a run's averaged weights: integer scale network, tables, identity, card.")
    {
        Add(_run);
        Add(_output);
        foreach (Option option in (Option[])[_pictures, _every, _name, _curve, _qualities, _card, _cardFile, _remainder, _threads, _force])
        {
            Add(option);
        }

        AddVerbosity();
    }

    protected override async Task<int> RunAsync(CommandRun run, ParseResult arguments)
    {
        string folder = arguments.GetRequiredValue(_run);
        string weightsPath = Path.Combine(folder, Trainer.WeightsName);
        Dictionary<string, string> card = CardLines.Parse(arguments.GetValue(_card));
        bool force = arguments.GetValue(_force);
        OutputFile output = OutputFile.Open(arguments.GetRequiredValue(_output), force, weightsPath);
        await using (output.ConfigureAwait(false))
        {
            OutputFile? page = null, remainder = null;
            try
            {
                string main = arguments.GetRequiredValue(_output);
                page = arguments.GetValue(_cardFile) is { } cardPath ? OutputFile.Open(cardPath, force, main, weightsPath) : null;
                remainder = arguments.GetValue(_remainder) is { } remainderPath ? OutputFile.Open(remainderPath, force, main, weightsPath, arguments.GetValue(_cardFile)) : null;
                run.Subject = weightsPath;
                SafetensorsFile weights = LoadWeights(weightsPath);
                run.Subject = Path.Combine(folder, RunHistory.FileName);
                RunHistory history = RunHistory.Read(folder);
                run.Subject = arguments.GetValue(_curve);
                PictureSet? curve = run.Subject is null ? null : await PictureSet.LoadAsync(run.Subject, 1).ConfigureAwait(false);
                if (curve?.Pictures.Count == 0)
                {
                    throw new UsageException($"{run.Subject} holds no colour pictures to measure the curve on (--curve)");
                }

                if (GaussianExporter.Takes(weights))
                {
                    if (remainder is not null)
                    {
                        throw new UsageException("the small VAE's model file leaves nothing out that a run needs (--remainder)");
                    }

                    await ExportGaussianAsync(run, arguments, weights, history, curve, card, output, page).ConfigureAwait(false);
                    return ExitCode.Ok;
                }

                string pictures = arguments.GetValue(_pictures) ?? throw new UsageException("the integer scale network is calibrated with a folder of pictures (--pictures)");
                ExportRequest request = new()
                {
                    Weights = weights,
                    Run = history,
                    Name = arguments.GetValue(_name) ?? "standard",
                    Card = card,
                    Calibration = CalibrationPictures.Open(run, pictures, arguments.GetValue(_every)),
                    Curve = curve,
                    Qualities = arguments.GetRequiredValue(_qualities),
                    Threads = arguments.GetValue(_threads),
                };
                ExportedModel model = await ModelExporter.ExportAsync(request, run.CancellationToken).ConfigureAwait(false);
                run.Subject = weightsPath;
                await output.Stream.WriteAsync(model.File, run.CancellationToken).ConfigureAwait(false);
                await WriteCardAsync(run, page, output, model.Card, model.File.Length).ConfigureAwait(false);
                if (remainder is not null)
                {
                    await remainder.Stream.WriteAsync(TrainingRemainder.Of(weights, SafetensorsFile.Parse(model.File)).ToArray(), run.CancellationToken).ConfigureAwait(false);
                }

                await (remainder?.CommitAsync(run.CancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
                await (page?.CommitAsync(run.CancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
                await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
                Say(run, model);
            }
            finally
            {
                await (remainder?.DisposeAsync() ?? ValueTask.CompletedTask).ConfigureAwait(false);
                await (page?.DisposeAsync() ?? ValueTask.CompletedTask).ConfigureAwait(false);
            }
        }

        return ExitCode.Ok;
    }

    private async Task ExportGaussianAsync(CommandRun run, ParseResult arguments, SafetensorsFile weights, RunHistory history, PictureSet? heldOut, Dictionary<string, string> card, OutputFile output, OutputFile? page)
    {
        if (heldOut is null)
        {
            throw new UsageException("the small VAE is measured on a folder of held-out pictures (--held-out)");
        }

        if (((Option[])[_pictures, _every, _qualities]).FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } foreign)
        {
            throw new UsageException($"the small VAE needs no calibration and has no curve ({foreign.Name})");
        }

        string name = arguments.GetValue(_name) ?? "small";
        GaussianExport model = GaussianExporter.Export(weights, history, heldOut, name, card);
        await output.Stream.WriteAsync(model.File, run.CancellationToken).ConfigureAwait(false);
        await WriteCardAsync(run, page, output, model.Card, model.File.Length).ConfigureAwait(false);
        await (page?.CommitAsync(run.CancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        await output.CommitAsync(run.CancellationToken).ConfigureAwait(false);
        run.Result(string.Create(CultureInfo.InvariantCulture, $"{name} {model.Identity} {model.File.Length} bytes"));
        foreach ((string key, string text) in model.Card.Lines)
        {
            run.Result($"{key}: {text}");
        }
    }

    private static async Task WriteCardAsync(CommandRun run, OutputFile? page, OutputFile output, ModelCard card, long fileBytes)
    {
        if (page is not null)
        {
            await page.Stream.WriteAsync(Encoding.UTF8.GetBytes(card.ToMarkdown(Path.GetFileName(output.Name), fileBytes)), run.CancellationToken).ConfigureAwait(false);
        }
    }

    private static void Say(CommandRun run, ExportedModel model)
    {
        run.Result(string.Create(CultureInfo.InvariantCulture, $"{model.Model.Name} {model.Model.Identity} {model.File.Length} bytes; integer scale network and tables: {100 * model.Report.Loss:F3} % of rate lost, fitted tables save {100 * model.Report.Saved:F3} %, over {model.Report.Samples} samples"));
        foreach (CurvePoint point in model.Curve)
        {
            run.Result(string.Create(CultureInfo.InvariantCulture, $"quality {point.Quality}: {point.BitsPerPixel:F4} bpp {point.Psnr:F2} dB"));
        }
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
