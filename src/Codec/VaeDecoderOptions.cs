namespace VaeCodec;

/// <summary>How to decode.</summary>
public sealed record VaeDecoderOptions
{
    /// <summary>Models at hand beside <see cref="VaeModel.Standard"/>; the file names the one it needs by its identity.</summary>
    public IReadOnlyList<VaeModel> Models { get; init; } = [];

    /// <summary>Threads to use, at most <see cref="VaeLimits.MaxThreads"/>; 0 is one for each processor. The pixels do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Limits on the file.</summary>
    public VaeLimits Limits { get; init; } = VaeLimits.Default;

    /// <summary>
    /// Whether to decode what is intact of a damaged or truncated file: lost tiles are filled from their neighbourhood and listed in
    /// <see cref="VaeDecoder.LostTiles"/>. Pixels further from a lost tile than the synthesis sees (92 with the standard model) are those of the sound file
    /// up to rounding, a level at most and rarely that; 368 and more away they are the same.
    /// A file whose header or metadata are damaged, or none of whose tiles is intact, is refused all the same.
    /// </summary>
    public bool AllowPartial { get; init; }

    /// <summary>Hears of progress, once for each row of tiles; may be null.</summary>
    public IProgress<VaeProgress>? Progress { get; init; }

    /// <summary>Threads to use, with 0 resolved.</summary>
    internal int ThreadCount => VaeLimits.ResolveThreads(Threads);

    /// <summary>The model that a file names.</summary>
    /// <exception cref="VaeModelException">It is not at hand.</exception>
    internal VaeModel FindModel(VaeImageInfo info)
    {
        foreach (VaeModel candidate in Models)
        {
            if (candidate.Identity == info.ModelIdentity)
            {
                return candidate;
            }
        }

        if (VaeModel.Standard.Identity == info.ModelIdentity)
        {
            return VaeModel.Standard;
        }

        IEnumerable<string> atHand = Models.Append(VaeModel.Standard).Select(model => $"\"{model.Name}\" ({model.Identity[..12]})").Distinct();
        throw new VaeModelException(
            VaeError.ModelMissing,
            $"The file was made with the model \"{info.ModelName}\" ({info.ModelIdentity[..12]}...), which is not at hand; at hand: {string.Join(", ", atHand)}. "
            + "Give the model's file: --model FILE for the tool, VaeDecoderOptions.Models in code.");
    }
}
