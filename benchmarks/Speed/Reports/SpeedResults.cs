using System.Text.Json;
using VaeCodec.RateDistortion.Results;
using VaeCodec.Speed.Layers;
using VaeCodec.Speed.Processes;

namespace VaeCodec.Speed.Reports;

/// <summary>What one run of everything measured; kept as JSON, from which reports are made.</summary>
/// <param name="Measured">When.</param>
/// <param name="Machine">Processor, system, runtime.</param>
/// <param name="Model">The model and what it computes.</param>
/// <param name="Megapixels">Size of the picture of the whole processes.</param>
/// <param name="Conditions">What the numbers of <paramref name="Processes"/> are of, in sentences: as it was when they were measured.</param>
/// <param name="Processes">Whole processes, this project's with one thread first.</param>
/// <param name="Scaling">Whole processes of this project over sizes and threads.</param>
/// <param name="Started">The library in a process that has started, over sizes.</param>
/// <param name="Layers">The stages of the transforms.</param>
/// <param name="Parts">The benchmarks.</param>
internal sealed record SpeedResults(
    DateTimeOffset Measured,
    string Machine,
    string Model,
    double Megapixels,
    string Conditions,
    IReadOnlyList<ProcessTime> Processes,
    IReadOnlyList<ProcessTime> Scaling,
    IReadOnlyList<ProcessTime> Started,
    IReadOnlyList<LayerRow> Layers,
    IReadOnlyList<RateRow> Parts)
{
    /// <summary>Reads results.</summary>
    /// <exception cref="JsonException">The file holds something else.</exception>
    public static SpeedResults Read(string path)
        => JsonSerializer.Deserialize(File.ReadAllBytes(path), SpeedJson.Default.SpeedResults) is { Processes.Count: > 0, Scaling.Count: > 0, Started.Count: > 0, Layers: not null, Parts: not null } results
            ? results.Conditions is null ? throw new JsonException($"{path} is of before conditions were kept with the numbers; measure anew.") : results
            : throw new JsonException($"{path} holds no results of a speed run.");

    /// <summary>Writes them, whole or not at all.</summary>
    public void Write(string path) => WholeFile.Write(path, JsonSerializer.Serialize(this, SpeedJson.Default.SpeedResults) + "\n");
}
