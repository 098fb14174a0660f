namespace VaeCodec.RateDistortion.Codecs;

/// <summary>This project's codec without loss, which needs no model.</summary>
internal sealed class VaeLosslessCodec : VaeLibraryCodec
{
    /// <summary>Its name.</summary>
    public const string Lossless = "vae-lossless";

    public override string Name => Lossless;

    public override string Family => Lossless;

    public override string Description => "VaeCodec, lossless, one thread";

    public override string Version => $"VaeCodec {LibraryVersion.Codec}";

    public override string Settings => "lossless";

    public override IReadOnlyList<int> DefaultQualities => [];

    protected override VaeEncoderOptions EncoderOptions(int quality) => new() { Lossless = true, Threads = Threads };

    protected override VaeDecoderOptions DecoderOptions() => new() { Threads = Threads };
}
