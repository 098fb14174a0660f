namespace VaeCodec.Models.TorchSharp.Reporting;

/// <summary>What it took to train the weights of a run up to a step.</summary>
/// <param name="Steps">Steps the weights have seen.</param>
/// <param name="Samples">Samples they have seen; null where the log does not say how large batches were.</param>
/// <param name="Seconds">Time spent training, that of lost steps included.</param>
/// <param name="Parts">The parts of the run that it sums up.</param>
internal sealed record RunSummary(int Steps, long? Samples, double Seconds, IReadOnlyList<RunPart> Parts)
{
    /// <summary>The latest part that says how it was trained.</summary>
    public RunPart? Described => Parts.LastOrDefault(part => part.IsDescribed);

    /// <summary>Sums a run up.</summary>
    /// <param name="history">Its log.</param>
    /// <param name="steps">Steps that the weights have seen: parts that began there or later are not theirs.</param>
    public static RunSummary Of(RunHistory history, int steps)
    {
        List<RunPart> parts = [.. history.Parts.Where(part => part.FirstStep < steps)];
        return new RunSummary(steps, CountSamples(parts, steps), parts.Sum(part => part.Seconds), parts);
    }

    /// <summary>First step that sees large crops; null where there is none or it is not known.</summary>
    public static int? FirstLarge(RunPart part)
        => part.OptionNumber("Steps") is { } steps && part.OptionNumber("LargeShare") is > 0 and { } share ? (int)Math.Ceiling(steps * (1 - share)) : null;

    private static long? CountSamples(List<RunPart> parts, int steps)
    {
        long samples = 0;
        int end = steps;

        // From the last part backwards: what a later part did again, the earlier one does not count.
        for (int i = parts.Count - 1; i >= 0 && end > 0; i--)
        {
            RunPart part = parts[i];
            int first = Math.Min(part.FirstStep, end);
            if (first < end)
            {
                if (part.OptionNumber("Batch") is not { } batch)
                {
                    return null;
                }

                int large = Math.Clamp(FirstLarge(part) ?? end, first, end);
                samples += (long)(((large - first) * batch) + ((end - large) * (part.OptionNumber("LargeBatch") ?? batch)));
            }

            end = first;
        }

        // A log that does not reach back to the first step does not know.
        return end == 0 ? samples : null;
    }
}
