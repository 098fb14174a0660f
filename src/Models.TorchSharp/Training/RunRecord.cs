using System.Globalization;
using System.Reflection;
using System.Text.Json;
using TorchSharp;
using VaeCodec.Models.TorchSharp.Objectives;
using VaeCodec.Models.TorchSharp.Reporting;

namespace VaeCodec.Models.TorchSharp.Training;

/// <summary>What a run's log says about the run itself: an event where it starts or resumes, one where it ends. A model card is made of them.</summary>
public static class RunRecord
{
    /// <summary>What was trained on, and where: with others the crops are others, or their sums.</summary>
    private static readonly string[] s_data = ["pictures", "picture_folder", "held_out", "held_out_folder", "device"];

    /// <summary>Options as a run has them where nothing is said, and as nearly all runs had them before there was the option (not so the exponent of lambda, a quarter then). What a run started from is known to its first part alone.</summary>
    private static Dictionary<string, string> Defaults { get; } = DefaultTexts();

    /// <summary>A file's name with the name of its folder, and no more of its path: what may stand in a log that travels.</summary>
    /// <param name="path">A path; null stays null.</param>
    public static string? ShortName(string? path)
    {
        if (path is null)
        {
            return null;
        }

        string full = Path.GetFullPath(path);
        return Path.GetFileName(Path.GetDirectoryName(full)) is { Length: > 0 } folder ? $"{folder}/{Path.GetFileName(full)}" : Path.GetFileName(full);
    }

    internal static void WriteStart(RunLog log, int step, TrainingOptions options, ITrainingObjective objective, PictureSet training, PictureSet heldOut)
        => log.Write(json =>
        {
            json.WriteString("event", "run");
            WriteTime(json);
            json.WriteNumber("step", step);
            objective.WriteFacts(json);
            json.WriteNumber("pictures", training.Pictures.Count);
            json.WriteString("picture_folder", training.Folder);
            json.WriteNumber("held_out", heldOut.Pictures.Count);
            json.WriteString("held_out_folder", heldOut.Folder);
            json.WriteString("hardware", Hardware.Describe(objective.Weights.Device));
            json.WriteNumber("threads", torch.get_num_threads());
            json.WriteString("device", objective.Weights.Device.ToString());
            json.WriteString("torchsharp", TorchSharpVersion());
            json.WritePropertyName("options");
            WriteOptions(json, options);
        });

    /// <summary>What is given otherwise than in the part before: a run that resumes should be given the same, and whoever did not mean to change something should hear of it.</summary>
    /// <param name="before">The part before.</param>
    /// <param name="now">The part that begins.</param>
    internal static IReadOnlyList<(string Name, string Before, string Now)> Changes(RunPart before, RunPart now)
        => [.. s_data.Where(name => before.RawText(name) is not null && now.RawText(name) is not null).Select(name => (Name: name, Before: before.RawText(name)!, Now: now.RawText(name)!))
            .Concat(Defaults.Select(option => (Name: option.Key, Before: before.OptionRawText(option.Key) ?? option.Value, Now: now.OptionRawText(option.Key) ?? option.Value)))
            .Where(fact => fact.Before != fact.Now)];

    internal static void WriteEnd(RunLog log, int step, TimeSpan trained)
        => log.Write(json =>
        {
            json.WriteString("event", "end");
            WriteTime(json);
            json.WriteNumber("step", step);
            json.WriteNumber("seconds", Math.Round(trained.TotalSeconds, 3));
        });

    private static void WriteTime(Utf8JsonWriter json)
        => json.WriteString("time", DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static void WriteOptions(Utf8JsonWriter json, TrainingOptions options)
    {
        json.WriteStartObject();

        // By reflection, so that an option added later is not forgotten here; this library is never trimmed.
        foreach (PropertyInfo property in typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            WriteOption(json, property.Name, property.GetValue(options));
        }

        json.WriteEndObject();
    }

    private static Dictionary<string, string> DefaultTexts()
    {
        using MemoryStream written = new();
        using (Utf8JsonWriter json = new(written))
        {
            WriteOptions(json, new TrainingOptions());
        }

        using JsonDocument document = JsonDocument.Parse(written.ToArray());
        return document.RootElement.EnumerateObject().Where(option => option.Name != nameof(TrainingOptions.StartedFrom)).ToDictionary(option => option.Name, option => option.Value.GetRawText());
    }

    private static void WriteOption(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case double number:
                RunLog.WriteMeasure(json, name, number);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string TorchSharpVersion()
    {
        Assembly assembly = typeof(torch).Assembly;
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";
        return version.Split('+')[0];
    }
}
