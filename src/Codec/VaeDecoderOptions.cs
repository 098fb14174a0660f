using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>How to decode.</summary>
public sealed record VaeDecoderOptions
{
    /// <summary>Models at hand beside <see cref="VaeModel.Standard"/>; the file names the one it needs by its identity.</summary>
    public IReadOnlyList<VaeModel> Models { get; init; } = [];

    /// <summary>Threads to use, at most <see cref="VaeLimits.MaxThreads"/>; 0 is one for each processor; where memory is short (<see cref="VaeLimits.MaxMemoryBytes"/>) fewer work. The pixels do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Limits on the file.</summary>
    public VaeLimits Limits { get; init; } = VaeLimits.Default;

    /// <summary>
    /// Whether to decode what is intact of a damaged or truncated file: lost tiles are filled from their neighbourhood, the one in which a file ends from what came of it where networks coded it, and listed in
    /// <see cref="VaeDecoder.LostTiles"/>. Pixels further from a lost tile than the synthesis sees (92 with the standard model) are those of the sound file
    /// up to rounding, a level at most and rarely that; 368 and more away they are the same.
    /// A file whose header or metadata are damaged, or none of whose tiles is intact, is refused all the same. What else was wrong (index, end, the digest of a lossless file) <see cref="VaeDecoder.TailProblem"/> says;
    /// the calls that decode a picture whole into memory do not tell either.
    /// </summary>
    public bool AllowPartial { get; init; }

    /// <summary>
    /// The part of the picture to decode; null for all of it. Its pixels are those that the whole picture has there. From a stream that can seek, of a file with an index (all of
    /// more than four tiles have one), only the tiles that it needs are read: those it touches, and, in files with networks and at full size, those within reach of the synthesis
    /// (at most 368 pixels with the standard model); the end of the file and its index are read and verified first. Otherwise the file is read in order, up to the last of these tiles.
    /// Where lost tiles are made up (<see cref="AllowPartial"/>), they are made up of the needed tiles only.
    /// </summary>
    public PictureRegion? Region { get; init; }

    /// <summary>
    /// How many times smaller the sides of what is decoded are: 1, 2, 4, 8 or 16. A pixel is the mean of a square of pixels; in files without networks colour is weighed by alpha. Files with networks are not
    /// decoded in full for it: the latents are read, and the linear path of the synthesis makes the smaller picture from them, in a fraction of the time and close to that mean
    /// (docs/parts.md). With a <see cref="Region"/>, its edges are moved outwards to multiples of the scale.
    /// </summary>
    public int Scale { get; init; } = 1;

    /// <summary>Hears of progress, once for each row of tiles; may be null.</summary>
    public IProgress<VaeProgress>? Progress { get; init; }

    /// <summary>Which symbols of latents are used.</summary>
    internal SymbolsKept Kept { get; init; }

    /// <summary>Threads to use, with 0 resolved.</summary>
    internal int ThreadCount => VaeLimits.ResolveThreads(Threads);

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads, or the scale, is out of its range.</exception>
    internal void Check()
    {
        VaeLimits.CheckThreads(Threads);
        if (Scale is not (1 or 2 or 4 or 8 or 16))
        {
            throw new ArgumentOutOfRangeException(nameof(Scale), Scale, "The scale is 1, 2, 4, 8 or 16.");
        }
    }

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
