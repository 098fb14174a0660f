using System.Globalization;
using VaeCodec.Models.TorchSharp.Reporting;
using VaeCodec.Models.TorchSharp.Training;

namespace VaeCodec.Models.TorchSharp.Export;

/// <summary>Sentences of a model card about how its weights were trained.</summary>
internal static class TrainingFacts
{
    private const string NotLogged = "not in the run's log";

    public static string Data(RunSummary summary)
        => summary.Described is { } part && part.Number("pictures") is { } pictures
            ? Text($"{pictures:N0} pictures of the folder \"{part.Text("picture_folder")}\"")
            : NotLogged;

    public static string Training(RunSummary summary)
    {
        List<string> texts = [Text($"{summary.Steps:N0} steps")];
        if (summary.Samples is { } samples)
        {
            texts[0] += Text($", {samples:N0} crops seen");
        }

        if (summary.Described is { } part)
        {
            texts.Add(Crops(part, "Batch", "Crop"));
            if (RunSummary.FirstLarge(part) is { } first && first < summary.Steps)
            {
                texts.Add(Text($"from step {first:N0} on {Crops(part, "LargeBatch", "LargeCrop")}"));
            }
        }

        // Of several parts that began anew all but the last were lost.
        if (summary.Parts.LastOrDefault(part => part.IsDescribed && part.FirstStep == 0)?.OptionText("StartedFrom") is { } from)
        {
            texts.Add($"started from {from}");
        }

        return string.Join("; ", texts);
    }

    public static string Optimiser(RunSummary summary)
    {
        if (summary.Described is not { } part)
        {
            return NotLogged;
        }

        List<string> texts =
        [
            $"{part.OptionText("Optimiser") ?? "Adam"}, squared error",
            $"learning rate up to {part.OptionText("LearningRate")} after {part.OptionText("WarmUp")} steps of warm-up, {Fall(part)}",
            $"gradient clipped to a norm of {part.OptionText("Clip")}",
            $"weights averaged with a decay of {part.OptionText("AverageDecay")}",
            part.OptionFlag("BFloat16") == false ? "32-bit floats" : "bfloat16 with 32-bit master weights",
            $"seed {part.OptionText("Seed")}",
        ];
        texts.AddRange(Earlier(summary, part));
        return string.Join("; ", texts);
    }

    public static string Hardware(RunSummary summary)
    {
        List<string> machines = [];
        foreach (RunPart part in Kept(summary).Select(kept => kept.Part).Where(part => part.IsDescribed))
        {
            string threads = part.Number("threads") is { } count && part.Text("device")?.StartsWith("cuda", StringComparison.Ordinal) != true ? Text($", {count:0} thread{(count == 1 ? string.Empty : "s")}") : string.Empty;
            machines.Add($"{part.Text("hardware")}{threads} (TorchSharp {part.Text("torchsharp")})");
        }

        return machines.Count == 0 ? NotLogged : string.Join("; then ", machines.Distinct());
    }

    public static string Time(RunSummary summary)
    {
        if (summary.Parts.Count == 0)
        {
            return NotLogged;
        }

        TimeSpan time = TimeSpan.FromSeconds(summary.Seconds);
        string length = time.TotalHours >= 1
            ? Text($"{(int)time.TotalHours} h {time.Minutes} min")
            : time.TotalMinutes >= 1 ? Text($"{(int)time.TotalMinutes} min {time.Seconds} s") : Text($"{time.TotalSeconds:F0} s");
        return summary.Parts.Count == 1 ? length : Text($"{length} in {summary.Parts.Count} parts");
    }

    private static string Fall(RunPart part)
        => part.OptionNumber("CoolDown") is < 1 and { } share && part.OptionNumber("Steps") is { } steps
            ? Text($"then constant; from step {Math.Ceiling(steps * (1 - share)):N0} on falling along a cosine until step {steps:N0}")
            : $"then falling along a cosine over {part.OptionText("Steps")} steps";

    /// <summary>What parts before the last were trained with where that was something else: one text for as many as had the same.</summary>
    private static IEnumerable<string> Earlier(RunSummary summary, RunPart last)
    {
        string said = string.Empty;
        int until = 0;
        List<string> texts = [];
        foreach ((RunPart part, int end) in Kept(summary))
        {
            string other = part.IsDescribed ? string.Join(", ", RunRecord.Changes(last, part).Select(change => $"{change.Name} {change.Now}")) : string.Empty;
            if (other != said)
            {
                Say();
                said = other;
            }

            until = end;
        }

        Say();
        return texts;

        void Say()
        {
            if (said.Length > 0)
            {
                texts.Add(Text($"until step {until:N0} with {said}"));
            }
        }
    }

    /// <summary>The parts of which steps are left, and where these end: what was done after the checkpoint that the next part went on from is lost.</summary>
    private static IEnumerable<(RunPart Part, int End)> Kept(RunSummary summary)
        => summary.Parts
            .Select((part, i) => (Part: part, End: i + 1 < summary.Parts.Count ? Math.Min(part.LastStep, summary.Parts[i + 1].FirstStep) : summary.Steps))
            .Where(kept => kept.End > kept.Part.FirstStep);

    private static string Crops(RunPart part, string batch, string side)
        => $"batches of {part.OptionText(batch)} crops of {part.OptionText(side)} x {part.OptionText(side)}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
