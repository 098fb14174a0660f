using System.Globalization;

namespace VaeCodec.Proofs.Soak;

/// <summary>The process at one time.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="WorkingSet">Resident memory in MB.</param>
/// <param name="Live">What is left of managed memory once all garbage is collected, in MB: what is in use, and what pools keep.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Cases">Cases that ended.</param>
internal readonly record struct SoakSample(double Seconds, double WorkingSet, double Live, int Threads, int Cases)
{
    /// <summary>The first line of the file.</summary>
    public const string CsvHead = "seconds,working set MB,live MB,threads,cases";

    /// <summary>A line of the file.</summary>
    public string ToCsv() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:F0},{WorkingSet:F1},{Live:F1},{Threads},{Cases}");
}
