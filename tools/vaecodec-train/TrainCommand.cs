using System.CommandLine;
using System.Runtime.InteropServices;
using TorchSharp;
using VaeCodec.Models;
using VaeCodec.Models.Description;
using VaeCodec.Models.Gaussian;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Export;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Objectives;
using VaeCodec.Models.TorchSharp.Training;
using VaeCodec.Tool;

namespace VaeCodec.Train;

/// <summary>vaecodec-train train: trains, or goes on training, the run in a folder.</summary>
internal sealed class TrainCommand : Command
{
    private const string Standard = "standard", Gaussian = "gaussian";

    private static readonly GaussianVaeDescription s_small = GaussianVaeDescription.Small();

    private readonly Argument<string> _folder = SharedOptions.Name(new Argument<string>("RUN") { Description = "folder of the run: checkpoint, log, averaged weights; a run that is there goes on" });
    private readonly Option<string> _pictures = new("--pictures") { Description = "Folder of training pictures.", Required = true };
    private readonly Option<string> _heldOut = new("--held-out") { Description = "Folder of pictures to validate on.", Required = true };
    private readonly Option<string> _network = new("--network") { Description = "standard, the codec; or gaussian, the small VAE with a Gaussian posterior, which samples, interpolates and recovers. The latter sees pictures of 32 x 32: whole ones made smaller, and parts of them.", DefaultValueFactory = _ => Standard };
    private readonly Option<double> _beta = new("--beta") { Description = "gaussian only: weight of the divergence from the prior; 1 is the evidence lower bound.", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _from = new("--from") { Description = "Float weights to start a new run from, of the same network, or of one with fewer latents or a wider context; or a model file, and by a second --from what it leaves out (export --remainder). Without it a new run starts from the KLT." };
    private readonly Option<int> _levels = OptionParsers.Integer("--levels", "Levels of a new run's tables.", 2, 100, 10);
    private readonly Option<int> _steps = new("--steps") { Description = "Steps of the whole schedule.", DefaultValueFactory = _ => 20000 };
    private readonly Option<int> _batch = new("--batch") { Description = "Samples of a batch of small crops.", DefaultValueFactory = _ => 12 };
    private readonly Option<int> _crop = new("--crop") { Description = "Side of a small crop.", DefaultValueFactory = _ => 128 };
    private readonly Option<int> _largeBatch = new("--large-batch") { Description = "Samples of a batch of large crops.", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _largeCrop = new("--large-crop") { Description = "Side of a large crop.", DefaultValueFactory = _ => 256 };
    private readonly Option<double> _lambdaExponent = new("--lambda-exponent") { Description = "The loss of a sample is divided by lambda to this power: 0.5 weighs a per cent of rate alike at all levels, less favours high rates.", DefaultValueFactory = _ => 0.5 };
    private readonly Option<double> _largeShare = new("--large-share") { Description = "Share of the steps, at the end, that see large crops.", DefaultValueFactory = _ => 0.25 };
    private readonly Option<double> _rate = new("--learning-rate") { Description = "Highest learning rate.", DefaultValueFactory = _ => 4e-4 };
    private readonly Option<OptimiserKind> _optimiser = new("--optimiser") { Description = "adam or soap.", DefaultValueFactory = _ => OptimiserKind.Adam };
    private readonly Option<int> _warmUp = new("--warm-up") { Description = "Steps until the highest learning rate.", DefaultValueFactory = _ => 200 };
    private readonly Option<double> _coolDown = new("--cool-down") { Description = "Share of the steps, at the end, over which the learning rate falls; 1 is from the beginning.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _minutes = new("--minutes") { Description = "Most minutes to train now.", DefaultValueFactory = _ => 1e6 };
    private readonly Option<int> _maxSteps = new("--max-steps") { Description = "Most steps to train now.", DefaultValueFactory = _ => int.MaxValue };
    private readonly Option<double> _checkpoint = new("--checkpoint-minutes") { Description = "Minutes between checkpoints.", DefaultValueFactory = _ => 5 };
    private readonly Option<double> _validate = new("--validate-minutes") { Description = "Minutes between validations; one is made at the end, unless a signal ends the run.", DefaultValueFactory = _ => 60 };
    private readonly Option<bool> _float32 = new("--float32") { Description = "Compute in 32-bit floats instead of bfloat16." };
    private readonly Option<string> _device = new("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads of libtorch on the CPU; 0 leaves its default.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _validateOn = new("--validate-on") { Description = "Validate on this many held-out pictures at the end; 0 is none.", DefaultValueFactory = _ => 8 };

    public TrainCommand()
        : base("train", "Train the standard network, or the small VAE.")
    {
        Add(_folder);
        foreach (Option option in (Option[])[_pictures, _heldOut, _network, _beta, _from, _levels, _steps, _batch, _crop, _largeBatch, _largeCrop, _largeShare, _lambdaExponent, _rate, _optimiser, _warmUp, _coolDown, _minutes, _maxSteps, _checkpoint, _validate, _float32, _device, _threads, _seed, _validateOn])
        {
            Add(option);
        }

        _device.AcceptOnlyFromAmong("cpu", "cuda");
        _network.AcceptOnlyFromAmong(Standard, Gaussian);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await TrainAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException exception)
        {
            return Fail(ExitCode.Usage, exception);
        }
        catch (ModelFileException exception)
        {
            return Fail(ExitCode.Model, exception);
        }
        catch (VaeException exception)
        {
            return Fail(ExitCode.For(exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArithmeticException or ExternalException)
        {
            return Fail(ExitCode.Failure, exception);
        }
    }

    private static int Fail(int code, Exception exception)
    {
        Console.Error.WriteLine($"vaecodec-train: {exception.Message}");
        return code;
    }

    private async Task<int> TrainAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.GetRequiredValue(_folder);
        string[] from = arguments.GetValue(_from) ?? [];
        if (from.Length > 0 && Trainer.CanResume(folder))
        {
            Console.WriteLine("the run goes on from its checkpoint; what it is to start from (--from) is not looked at");
            from = [];
        }

        bool isGaussian = arguments.GetRequiredValue(_network) == Gaussian;
        Option? foreign = (isGaussian ? (Option[])[_crop, _largeBatch, _largeCrop, _largeShare, _levels, _lambdaExponent] : [_beta]).FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false });
        if (foreign is not null || (isGaussian && from.Length > 1))
        {
            throw new UsageException(foreign is null ? "The small VAE starts from one file of weights (--from)." : $"{foreign.Name} is not for this network (--network {(isGaussian ? Gaussian : Standard)}).");
        }

        TrainingOptions options = new()
        {
            Steps = arguments.GetValue(_steps),
            Batch = arguments.GetValue(_batch),
            Crop = isGaussian ? s_small.Side : arguments.GetValue(_crop),
            CropMultiple = isGaussian ? 1 : ModelDescription.SizeMultiple,
            LargeBatch = arguments.GetValue(_largeBatch),
            LargeCrop = arguments.GetValue(_largeCrop),
            LambdaExponent = arguments.GetValue(_lambdaExponent),
            LargeShare = isGaussian ? 0 : arguments.GetValue(_largeShare),
            Beta = arguments.GetValue(_beta),
            LearningRate = arguments.GetValue(_rate),
            Optimiser = arguments.GetValue(_optimiser),
            WarmUp = arguments.GetValue(_warmUp),
            CoolDown = arguments.GetValue(_coolDown),
            BFloat16 = !arguments.GetValue(_float32),
            Seed = arguments.GetValue(_seed),
            StartedFrom = RunRecord.ShortName(from.FirstOrDefault()),
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }

        TrainingPart part = Part(arguments);
        SharedOptions.RequireNames(arguments, _pictures, _heldOut);
        torch.Device device = Device(arguments.GetRequiredValue(_device));
        if (arguments.GetValue(_threads) is int threads and > 0)
        {
            torch.set_num_threads(threads);
        }

        int largest = options.LargeShare > 0 ? Math.Max(options.Crop, options.LargeCrop) : options.Crop;
        PictureSet training = await PictureSet.LoadAsync(arguments.GetRequiredValue(_pictures), options.Crop).ConfigureAwait(false);
        PictureSet heldOut = (await PictureSet.LoadAsync(arguments.GetRequiredValue(_heldOut), 64).ConfigureAwait(false)).Take(arguments.GetValue(_validateOn));
        int large = training.Holding(largest).Count;
        if (large == 0)
        {
            throw new UsageException($"{arguments.GetRequiredValue(_pictures)} holds no colour picture with sides of at least {largest} pixels (--pictures).");
        }

        Console.WriteLine($"{training.Pictures.Count} pictures to train on{(large < training.Pictures.Count ? $", {large} of them for crops of {largest}" : string.Empty)}, {heldOut.Pictures.Count} held out");
        ITrainingObjective objective;
        PictureSet? seen = null;
        if (isGaussian)
        {
            // Measured as those held out are: whole pictures made small, not the parts that crops show.
            seen = GaussianObjective.Middles(training.Take(heldOut.Pictures.Count), s_small);
            training = GaussianObjective.AtTrainingSizes(training, s_small);
            heldOut = GaussianObjective.Middles(heldOut, s_small);
            objective = StartGaussian(options, from, device);
        }
        else
        {
            objective = StartStandard(options, training, arguments.GetValue(_levels), from, device);
        }

        using Trainer trainer = new(objective, options, training, heldOut, folder, Console.WriteLine, seen);
        trainer.Run(part, cancellationToken);
        if (!cancellationToken.IsCancellationRequested)
        {
            trainer.Validate();
        }

        return 0;
    }

    private TrainingPart Part(ParseResult arguments)
    {
        TimeSpan Minutes(Option<double> option)
            => arguments.GetValue(option) is >= 0 and <= 1e9 and double minutes ? TimeSpan.FromMinutes(minutes) : throw new UsageException($"{option.Name} is a number of minutes from 0 to 1e9");
        return new()
        {
            Limit = Minutes(_minutes),
            MaxSteps = arguments.GetValue(_maxSteps),
            CheckpointEvery = Minutes(_checkpoint),
            ValidateEvery = Minutes(_validate),
        };
    }

    /// <summary>Before pictures are read, which takes minutes.</summary>
    private static torch.Device Device(string name)
    {
        try
        {
            return torch.device(name);
        }
        catch (InvalidOperationException exception)
        {
            // All of it: what libtorch tried to load stands in the later lines.
            throw new UsageException($"--device {name} cannot be used here: {exception.Message}");
        }
    }

    private static CompressionObjective StartStandard(TrainingOptions options, PictureSet training, int levels, string[] from, torch.Device device)
    {
        ModelDescription description = ModelDescription.Standard();
        WeightStore weights = ModelInitialiser.Create(description, training, options, levels, device);
        if (from.Length > 0)
        {
            WarmStart.Load(weights, TrainingRemainder.Join(from.Select(SafetensorsFile.Load)), options);
        }

        return new CompressionObjective(description, weights, options);
    }

    private static GaussianObjective StartGaussian(TrainingOptions options, string[] from, torch.Device device)
    {
        WeightStore weights = GaussianObjective.Initialise(s_small, options.Seed, device);
        if (from.Length > 0)
        {
            weights.Load(SafetensorsFile.Load(from[0]));
        }

        return new GaussianObjective(s_small, weights, options);
    }
}
