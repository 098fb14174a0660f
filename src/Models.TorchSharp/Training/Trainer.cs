using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using VaeCodec.Models.Safetensors;
using VaeCodec.Models.TorchSharp.Networks;
using VaeCodec.Models.TorchSharp.Objectives;
using VaeCodec.Models.TorchSharp.Reporting;
using static TorchSharp.torch;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>Trains what an objective describes: crops, steps, schedule, moving average, checkpoints that resume to the bit, validation, log.</summary>
public sealed class Trainer : IDisposable
{
    /// <summary>Name of the file of averaged weights in the folder of a run, written with every checkpoint: a run that is lost with its machine leaves something to go on from.</summary>
    public const string WeightsName = "weights.safetensors";

    private const string CheckpointName = "checkpoint";
    private const string LockName = "run.lock";

    /// <summary>What the systems call a file that somebody else holds.</summary>
    private const int EAgainLinux = 11, EAgainMac = 35, SharingViolation = unchecked((int)0x80070020);

    /// <summary>Steps in a row without finite numbers after which a run ends: weights that have come to that do not come back.</summary>
    private const int MostLeftOut = 50;

    private const long ShardBytes = 15L << 20;

    private readonly TrainingOptions _options;
    private readonly WeightStore _weights;
    private readonly ITrainingObjective _objective;
    private readonly IOptimiser _optimiser;
    private readonly MovingAverage _average;
    private readonly CropSampler _crops;
    private readonly PictureSet _training;
    private readonly PictureSet _validation;
    private readonly PictureSet _seen;
    private readonly string _folder;
    private readonly Action<string> _say;
    private readonly FileStream _lock;
    private readonly RunLog _log;
    private int _step;
    private int _leftOut;

    /// <summary>Prepares a run, resuming from the checkpoint in its folder if there is one.</summary>
    /// <param name="objective">What to train, with its initial weights; owned by the trainer from here on.</param>
    /// <param name="options">How to train.</param>
    /// <param name="training">Pictures to train on.</param>
    /// <param name="validation">Pictures held out.</param>
    /// <param name="folder">Folder of the run: checkpoint, log, averaged weights.</param>
    /// <param name="say">Hears a line of progress now and then.</param>
    /// <param name="seen">Training pictures to validate beside those held out, as they are measured; null takes as many of <paramref name="training"/>.</param>
    /// <exception cref="IOException">Another process trains in the folder, or files cannot be read or written.</exception>
    public Trainer(ITrainingObjective objective, TrainingOptions options, PictureSet training, PictureSet validation, string folder, Action<string> say, PictureSet? seen = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(say);
        Directory.CreateDirectory(folder);
        _lock = Lock(folder);
        _options = options;
        _objective = objective;
        WeightStore weights = _weights = objective.Weights;
        _optimiser = options.Optimiser == OptimiserKind.Soap ? new SoapOptimiser(weights, options.RefreshEvery) : new AdamOptimiser(weights.Join());
        _average = new MovingAverage(weights);
        _training = training;
        _crops = new CropSampler(training, options.Seed);
        _validation = validation;
        _seen = seen ?? training.Take(validation.Pictures.Count);
        _folder = folder;
        _say = say;
        try
        {
            _log = new RunLog(Path.Combine(folder, RunHistory.FileName));
            if (Checkpoint.Read(folder, CheckpointName) is { } checkpoint)
            {
                weights.Load(checkpoint.Content);
                _optimiser.Load(checkpoint.Content);
                _average.Load(checkpoint.Content);
                _step = checkpoint.Step;
                say($"resumed at step {_step}");
            }

            RunRecord.WriteStart(_log, _step, options, objective, training, validation);
            SayChanges();
        }
        catch
        {
            // A folder whose checkpoint was refused is free for another try.
            _log?.Dispose();
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder holds a checkpoint that a run would go on from.</summary>
    /// <param name="folder">The folder of a run.</param>
    public static bool CanResume(string folder) => Checkpoint.Exists(folder, CheckpointName);

    /// <summary>Where the averaged weights are written.</summary>
    public string WeightsPath => Path.Combine(_folder, WeightsName);

    /// <summary>Steps done.</summary>
    public int Step => _step;

    /// <summary>Trains until the schedule, the part or the caller ends it; then writes a checkpoint and the averaged weights.</summary>
    /// <param name="part">How far to train now.</param>
    /// <param name="cancellationToken">Ends the part early, as its time limit does.</param>
    /// <exception cref="ArithmeticException">Many steps in a row gave numbers that are not finite; the last checkpoint stays.</exception>
    public void Run(TrainingPart part, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew(), training = new();
        TimeSpan lastCheckpoint = TimeSpan.Zero, lastValidation = TimeSpan.Zero;
        int first = _step;
        TrainingAverages averages = new();
        while (_step < _options.Steps && _step - first < part.MaxSteps && clock.Elapsed < part.Limit && !cancellationToken.IsCancellationRequested)
        {
            // Checkpoints and validations must not make steps look slow.
            training.Start();
            averages.Add(TrainStep());
            training.Stop();
            _step++;
            if (training.Elapsed > TimeSpan.FromSeconds(20))
            {
                Report(averages, training.Elapsed, part.Limit - clock.Elapsed);
                averages = new TrainingAverages();
                training.Reset();
            }

            if (clock.Elapsed - lastCheckpoint > part.CheckpointEvery)
            {
                Save();
                lastCheckpoint = clock.Elapsed;
            }

            if (clock.Elapsed - lastValidation > part.ValidateEvery)
            {
                Validate();
                lastValidation = clock.Elapsed;
            }
        }

        if (averages.Count > 0)
        {
            Report(averages, training.Elapsed, part.Limit - clock.Elapsed);
        }

        // Nothing was trained where a run was stopped before its first step, and whoever starts it again may want to start from something else.
        if (_step > 0)
        {
            Save();
        }

        RunRecord.WriteEnd(_log, _step, clock.Elapsed);
    }

    /// <summary>Validates the averaged weights on held-out pictures and, to show the gap, on as many training pictures.</summary>
    public void Validate()
    {
        if (_validation.Pictures.Count == 0)
        {
            return;
        }

        _average.Swap();
        try
        {
            IReadOnlyList<ValidationPoint> held = _objective.Measure(_validation);
            IReadOnlyList<ValidationPoint> seen = _objective.Measure(_seen);
            for (int i = 0; i < held.Count; i++)
            {
                (ValidationPoint h, ValidationPoint s) = (held[i], seen[i]);
                _say(string.Create(CultureInfo.InvariantCulture, $"level {h.Level:F1}: held out {h.BitsPerPixel:F4} bpp {h.Psnr:F2} dB, training {s.BitsPerPixel:F4} bpp {s.Psnr:F2} dB"));
                _log.Write(json =>
                {
                    json.WriteString("event", "validation");
                    json.WriteNumber("step", _step);
                    json.WriteNumber("level", h.Level);
                    RunLog.WriteMeasure(json, "bpp", h.BitsPerPixel);
                    RunLog.WriteMeasure(json, "psnr", h.Psnr);
                    RunLog.WriteMeasure(json, "training_bpp", s.BitsPerPixel);
                    RunLog.WriteMeasure(json, "training_psnr", s.Psnr);
                });
            }
        }
        finally
        {
            _average.Swap();
        }
    }

    /// <summary>Writes the averaged weights as a float weights file, the input of a bundle.</summary>
    /// <param name="path">Its path.</param>
    public void Export(string path)
    {
        _average.Swap();
        try
        {
            SafetensorsFile file = _weights.Save();
            file.Metadata["steps"] = _step.ToString(CultureInfo.InvariantCulture);
            _objective.Describe(file);
            Checkpoint.WriteThrough(path + ".new", file.ToArray());
            File.Move(path + ".new", path, true);
        }
        finally
        {
            _average.Swap();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _lock.Dispose();
        _crops.Dispose();
        _optimiser.Dispose();
        _average.Dispose();
        _objective.Dispose();
    }

    /// <summary>Two trainers in one folder would mix their checkpoints and logs.</summary>
    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult is EAgainLinux or EAgainMac or SharingViolation)
        {
            throw new IOException($"{folder}: another process trains in this folder; wait for it, end it, or name another folder ({LockName}: {exception.Message})", exception);
        }
    }

    private void SayChanges()
    {
        try
        {
            RunPart[] parts = [.. RunHistory.Read(_folder).Parts.Where(part => part.IsDescribed)];
            if (_step > 0 && parts is [.., var before, var now] && RunRecord.Changes(before, now) is { Count: > 0 } changes)
            {
                _say($"with other options than before: {string.Join(", ", changes.Select(change => $"{change.Name} {change.Now} (was {change.Before})"))}");
            }
        }
        catch (VaeFormatException exception)
        {
            // The checkpoint is what a run goes on from; its log is for people.
            _say($"the log of what came before cannot be read: {exception.Message}");
        }
    }

    private TrainingMeasures TrainStep()
    {
        using DisposeScope scope = NewDisposeScope();

        // All randomness of a step follows from its number.
        ulong seed = SplitMix.Of(((ulong)(uint)_options.Seed << 32) | (uint)_step);
        Random random = new((int)(seed >> 32));
        SeedNoise((long)(seed & 0x7FFF_FFFF));
        bool large = _options.IsLarge(_step);
        int count = large ? _options.LargeBatch : _options.Batch;
        torch.Tensor gradients = _weights.Join().Gradients, measured;
        using (NewDisposeScope())
        {
            torch.Tensor x = _crops.Sample(random, (long)_step * count, count, large ? _options.LargeCrop : _options.Crop, _weights.Device);
            ObjectiveValue value = _objective.Evaluate(x, random, _step);
            value.Loss.backward();
            measured = stack([value.Loss, value.BitsPerPixel, value.LogError, gradients.norm()]).detach().MoveToOuterDisposeScope();
        }

        // All measures in one copy, and before the optimiser's work is queued: each copy waits until the device has done what it was given. The step's hundreds of tensors are given back
        // while it does it.
        float[] measures = [.. measured.to(CPU).data<float>()];
        float norm = measures[3];
        if (float.IsFinite(measures[0]) && float.IsFinite(norm))
        {
            if (norm > _options.Clip)
            {
                gradients.mul_(_options.Clip / norm);
            }

            _optimiser.Step(_options.Rate(_step));
            _average.Update(_step, _options.AverageDecay);
            _leftOut = 0;
        }
        else if (++_leftOut < MostLeftOut)
        {
            // A step that is not a number would spoil the weights for ever; it is left out.
            gradients.zero_();
        }
        else
        {
            throw new ArithmeticException($"{_leftOut} steps in a row gave no finite loss or gradient, the last of them step {_step}. Go on from an earlier state with a lower learning rate.");
        }

        return new TrainingMeasures(measures[0], measures[1], measures[2] * -10.0, norm);
    }

    /// <summary>Seeds the generator that noise comes from. TorchSharp's own call for all devices seeds that of the CPU alone (its native part takes the default generator of the CPU).</summary>
    private void SeedNoise(long seed)
    {
        using Generator generator = manual_seed(seed);
        if (_weights.Device.type == DeviceType.CUDA)
        {
            cuda.manual_seed(seed);
        }
    }

    private void Report(TrainingAverages averages, TimeSpan took, TimeSpan timeLeft)
    {
        TrainingMeasures mean = averages.Mean;
        double stepsPerSecond = averages.Count / took.TotalSeconds;
        int secondsLeft = (int)Math.Clamp((_options.Steps - _step) / stepsPerSecond, 0, Math.Max(0, timeLeft.TotalSeconds));
        string leftOut = averages.LeftOut == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {averages.LeftOut} steps left out that gave no finite numbers");
        _say(string.Create(CultureInfo.InvariantCulture, $"step {_step}/{_options.Steps} loss {mean.Loss:F4} bpp {mean.BitsPerPixel:F4} PSNR {mean.Psnr:F2} dB norm {mean.GradientNorm:F2} {stepsPerSecond:F2} steps/s, {secondsLeft / 3600}:{secondsLeft / 60 % 60:00}:{secondsLeft % 60:00} left{leftOut}"));
        _log.Write(json =>
        {
            json.WriteString("event", "train");
            json.WriteNumber("step", _step);
            RunLog.WriteMeasure(json, "loss", mean.Loss);
            RunLog.WriteMeasure(json, "bpp", mean.BitsPerPixel);
            RunLog.WriteMeasure(json, "psnr", mean.Psnr);
            RunLog.WriteMeasure(json, "gradient_norm", mean.GradientNorm);
            json.WriteNumber("rate", _options.Rate(_step - 1));
            json.WriteNumber("steps_per_second", stepsPerSecond);
            if (averages.LeftOut > 0)
            {
                json.WriteNumber("left_out", averages.LeftOut);
            }
        });
    }

    private void Save()
    {
        SafetensorsFile content = _weights.Save();
        _optimiser.Save(content);
        _average.Save(content);
        Checkpoint.Write(_folder, CheckpointName, content, _step, ShardBytes);
        Export(WeightsPath);
    }
}
