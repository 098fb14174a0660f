using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.CommandLine;

namespace VaeCodec.RateDistortion;

/// <summary>A codec and the qualities to measure; a lossless one has the single quality null.</summary>
internal sealed record CodecPlan(ICodec Codec, IReadOnlyList<int?> Qualities)
{
    /// <summary>Makes a plan.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="qualities">The user's choice; null for the codec's own.</param>
    /// <exception cref="BenchUsageException">A quality is out of the codec's range.</exception>
    public static CodecPlan For(ICodec codec, IReadOnlyList<int>? qualities)
    {
        if (codec.DefaultQualities.Count == 0)
        {
            return new CodecPlan(codec, [null]);
        }

        IReadOnlyList<int> chosen = qualities ?? codec.DefaultQualities;
        foreach (int quality in chosen)
        {
            if (quality < codec.QualityRange.Least || quality > codec.QualityRange.Most)
            {
                throw new BenchUsageException($"Quality {quality} of {codec.Name} is not within {codec.QualityRange.Least} to {codec.QualityRange.Most}.");
            }
        }

        return new CodecPlan(codec, [.. chosen.Distinct().Order().Select(quality => (int?)quality)]);
    }
}
