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

    /// <summary>Hears of progress, once for each row of tiles; may be null.</summary>
    public IProgress<VaeProgress>? Progress { get; init; }
}
