namespace VaeCodec.RateDistortion.Programs;

/// <summary>What a run of a program took.</summary>
/// <param name="Seconds">Wall time of the whole process.</param>
/// <param name="PeakBytes">Its largest resident set; null where GNU time is missing.</param>
internal readonly record struct ProgramRun(double Seconds, long? PeakBytes);
