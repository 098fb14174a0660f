using VaeCodec.RateDistortion.CommandLine;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>This project's codec with the models that the user names, each at the efforts of the encoder.</summary>
internal sealed class VaeCodecs
{
    /// <summary>The name of the default effort, and what --qualities calls all of them.</summary>
    public const string Family = "vae";

    private const string StandardModel = "standard";
    private const int ShortIdentity = 8;

    private static readonly int s_defaultEffort = new VaeEncoderOptions().Effort;

    private static readonly Dictionary<string, int> s_efforts = Enumerable.Range(1, VaeEncoderOptions.HighestEffort)
        .OrderByDescending(effort => effort == s_defaultEffort)
        .ToDictionary(effort => Family + Suffix(effort));

    private readonly (string Prefix, VaeModel Model)[] _models;

    private VaeCodecs((string Prefix, VaeModel Model)[] models) => _models = models;

    /// <summary>A name for each effort: "vae" is the default one, "vae-e1" effort 1.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_efforts.Keys];

    /// <summary>The names of efforts above the default.</summary>
    public static IReadOnlyList<string> SlowNames { get; } = [.. s_efforts.Where(pair => pair.Value > s_defaultEffort).Select(pair => pair.Key)];

    /// <summary>Reads the models.</summary>
    /// <param name="files">Model files, or "standard" for the built-in one; none for the built-in one alone.</param>
    /// <exception cref="VaeModelException">A model is missing or not acceptable.</exception>
    /// <exception cref="BenchUsageException">A model is named twice.</exception>
    public static VaeCodecs Load(IReadOnlyList<string> files)
    {
        var models = files.DefaultIfEmpty(StandardModel)
            .Select(file => (File: file, Stem: Path.GetFileNameWithoutExtension(file), Model: file == StandardModel ? VaeModel.Standard : VaeModel.Load(file)))
            .ToList();
        for (int i = 1; i < models.Count; i++)
        {
            int twin = models.FindIndex(other => other.Model.Identity == models[i].Model.Identity);
            if (twin < i)
            {
                throw new BenchUsageException($"--model {models[i].File} and --model {models[twin].File} are the same model (identity {models[i].Model.Identity}). Leave one of them out.");
            }
        }

        if (models.Count == 1)
        {
            return new VaeCodecs([(Family, models[0].Model)]);
        }

        // Two folders may hold files of one name, and a file may be called like an effort, like another with an effort behind it, or "lossless": their identity, which no other model has,
        // tells them apart, and does so whatever the order of the options, so that a results file stays true.
        return new VaeCodecs([.. models.Select(model => (
            models.Count(other => other.Stem == model.Stem) > 1 || $"{Family}-{model.Stem}" == VaeLosslessCodec.Lossless || s_efforts.Values.Any(effort => $"-{model.Stem}".EndsWith(EffortSuffix(effort), StringComparison.Ordinal))
                ? $"{Family}-{model.Stem}-{model.Model.Identity[..ShortIdentity]}"
                : $"{Family}-{model.Stem}",
            model.Model))]);
    }

    /// <summary>The codecs of an effort, one for each model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public IEnumerable<ICodec> Create(string name)
    {
        int effort = s_efforts[name];
        return _models.Select(model => new VaeModelCodec(model.Prefix + Suffix(effort), model.Model, effort));
    }

    private static string Suffix(int effort) => effort == s_defaultEffort ? string.Empty : EffortSuffix(effort);

    private static string EffortSuffix(int effort) => FormattableString.Invariant($"-e{effort}");
}
