using VaeCodec.Models;
using VaeCodec.Models.Description;
using VaeCodec.Models.Safetensors;

namespace VaeCodec.Bundling;

/// <summary>
/// The trained tables (one row for each level) and what lies between their rows: quality 1..100 lies at level
/// (levels - 1) (quality - 1) / 99, interpolated linearly (gains in the log domain, as they are stored).
/// </summary>
internal sealed class LevelTables
{
    private readonly Dictionary<string, float[]> _tables = [];

    /// <summary>Reads the tables of a float weights file.</summary>
    /// <exception cref="ModelFileException">One is missing, of another shape, or holds a value that is not finite.</exception>
    public LevelTables(SafetensorsFile weights, ModelDescription description)
    {
        Levels = weights.Tensors.TryGetValue("gain.log", out Tensor? gain) && gain.Shape.Count == 2 && gain.Shape[0] > 0
            ? gain.Shape[0]
            : throw new ModelFileException("The float weights have no tensor \"gain.log\" of two dimensions with a row for each level.");
        foreach ((string name, int channels) in (ReadOnlySpan<(string, int)>)
        [
            ("gain.log", description.LatentChannels), ("gain.log_inverse", description.LatentChannels),
            ("hyper_scale.bias", description.LatentChannels), ("hyper_mean.gain", description.LatentChannels),
            ("z_prior.mean", description.HyperChannels), ("z_prior.log_scale", description.HyperChannels),
        ])
        {
            _tables[name] = FloatWeights.Read(weights, name, [Levels, channels]);
        }
    }

    /// <summary>Number of levels.</summary>
    public int Levels { get; }

    /// <summary>A value of a table between its rows.</summary>
    public double At(string table, int quality, int channel)
    {
        float[] values = _tables[table];
        int channels = values.Length / Levels;
        double level = (Levels - 1) * (quality - 1.0) / (ModelDescription.Qualities - 1);
        int below = Math.Min((int)level, Levels - 1);
        int above = Math.Min(below + 1, Levels - 1);
        double share = level - below;
        return ((1 - share) * values[(below * channels) + channel]) + (share * values[(above * channels) + channel]);
    }

    /// <summary>A table for every quality, mapped: quality by channel.</summary>
    public float[] ForAllQualities(string table, Func<double, double> map)
    {
        int channels = _tables[table].Length / Levels;
        float[] result = new float[ModelDescription.Qualities * channels];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)map(At(table, (i / channels) + 1, i % channels));
        }

        return result;
    }
}
