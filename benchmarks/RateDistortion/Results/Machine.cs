using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace VaeCodec.RateDistortion.Results;

/// <summary>What the times were measured on.</summary>
/// <param name="Processor">The processor and the vector instructions that the codec uses on it.</param>
/// <param name="ProcessorCount">Logical processors.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">.NET runtime.</param>
internal sealed record Machine(
    [property: JsonPropertyName("processor")] string Processor,
    [property: JsonPropertyName("processors")] int ProcessorCount,
    [property: JsonPropertyName("system")] string System,
    [property: JsonPropertyName("runtime")] string Runtime)
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string ModelField = "model name";

    /// <summary>One that nothing is known of.</summary>
    public static Machine Unknown { get; } = new("unknown", 0, "unknown", "unknown");

    /// <summary>This machine.</summary>
    public static Machine Describe() => new(
        Processors() is { } name ? $"{name}; {VaeCpu.Description}" : VaeCpu.Description,
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string? Processors()
        => File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(ModelField, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : null;
}
