using System.Text.Json;

namespace VaeCodec.Models.TorchSharp.Reporting;

/// <summary>A run's log, read back.</summary>
public sealed class RunHistory
{
    /// <summary>The name of the log in a run's folder.</summary>
    public const string FileName = "log.jsonl";

    private readonly List<RunPart> _parts = [];
    private readonly List<TrainPoint> _training = [];
    private readonly List<ValidationRecord> _validation = [];

    private RunHistory(string name) => Name = name;

    /// <summary>The name of the run: that of its folder.</summary>
    public string Name { get; }

    internal IReadOnlyList<RunPart> Parts => _parts;

    /// <summary>Progress by rising step; what a resumption did again is there once.</summary>
    internal IReadOnlyList<TrainPoint> Training => _training;

    internal IReadOnlyList<ValidationRecord> Validation => _validation;

    /// <summary>Reads the log of a run. A last line that is still being written is left out.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="VaeFormatException">A line is not one that the trainer writes.</exception>
    /// <exception cref="IOException">There is no log in the folder, or it cannot be read.</exception>
    public static RunHistory Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string path = Path.Combine(folder, FileName);
        RunHistory history = new(new DirectoryInfo(folder).Name);

        // The run may be writing to it at this moment.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                history.Add(document.RootElement);
            }
            catch (JsonException) when (reader.Peek() < 0)
            {
                break;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new VaeFormatException(VaeError.InvalidField, $"Line {number} of {FileName} is not an event of a training run: {exception.Message}", exception);
            }
        }

        return history;
    }

    private static double Measure(JsonElement line, string name)
        => line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private void Add(JsonElement line)
    {
        int step = line.GetProperty("step").GetInt32();
        switch (line.GetProperty("event").GetString())
        {
            case "run":
                Begin(step, line.Clone());
                break;
            case "train":
                AddTraining(step, line);
                break;
            case "validation":
                double level = Measure(line, "level");
                _validation.RemoveAll(record => record.Step > step || (record.Step == step && record.Level == level));
                _validation.Add(new ValidationRecord(step, level, Measure(line, "bpp"), Measure(line, "psnr"), Measure(line, "training_bpp"), Measure(line, "training_psnr")));
                break;
            case "end" when _parts.Count > 0:
                _parts[^1].LastStep = step;
                _parts[^1].Seconds = line.GetProperty("seconds").GetDouble();
                break;
        }
    }

    private void AddTraining(int step, JsonElement line)
    {
        if (_parts.Count == 0 || step <= _parts[^1].LastStep)
        {
            // A log without starting events: a step that does not grow tells of a resumption.
            Begin(_parts.Count == 0 ? 0 : step, default);
        }

        RunPart part = _parts[^1];
        double stepsPerSecond = Measure(line, "steps_per_second");
        part.Seconds += stepsPerSecond > 0 ? (step - part.LastStep) / stepsPerSecond : 0;
        part.LastStep = step;
        _training.Add(new TrainPoint(step, Measure(line, "loss"), Measure(line, "bpp"), Measure(line, "psnr"), Measure(line, "gradient_norm"), Measure(line, "rate")));
    }

    private void Begin(int step, JsonElement facts)
    {
        // Steps after the checkpoint that a run resumed from are lost, and their points with them.
        _training.RemoveAll(point => point.Step > step || (point.Step == step && facts.ValueKind == JsonValueKind.Undefined));
        _validation.RemoveAll(record => record.Step > step);
        _parts.Add(new RunPart(step, facts));
    }
}
