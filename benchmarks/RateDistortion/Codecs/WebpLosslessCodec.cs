using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>Lossless WebP by libwebp's cwebp and dwebp, greatest effort.</summary>
internal sealed class WebpLosslessCodec(ExternalProgram encoder, ExternalProgram decoder) : ProcessCodec(encoder, decoder)
{
    public override string Name => "webp-lossless";

    public override string Description => "WebP, libwebp, lossless, level 9";

    public override string Version { get; } = ProgramVersion.FirstLine(encoder, "-version");

    public override IReadOnlyList<int> DefaultQualities => [];

    protected override string Extension => ".webp";

    protected override IEnumerable<string> EncoderArguments(string quality, string input, string output)
        => ["-quiet", "-z", "9", input, "-o", output];

    protected override IEnumerable<string> DecoderArguments(string input, string output) => ["-quiet", "-ppm", input, "-o", output];
}
