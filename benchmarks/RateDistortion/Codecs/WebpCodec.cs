using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>Lossy WebP by libwebp's cwebp and dwebp, slowest method.</summary>
internal sealed class WebpCodec(ExternalProgram encoder, ExternalProgram decoder) : ProcessCodec(encoder, decoder)
{
    public override string Name => "webp";

    public override string Description => "WebP, libwebp, lossy, method 6";

    public override string Version { get; } = ProgramVersion.FirstLine(encoder, "-version");

    public override IReadOnlyList<int> DefaultQualities { get; } = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100];

    protected override string Extension => ".webp";

    protected override IEnumerable<string> EncoderArguments(string quality, string input, string output)
        => ["-quiet", "-m", "6", "-q", quality, input, "-o", output];

    protected override IEnumerable<string> DecoderArguments(string input, string output) => ["-quiet", "-ppm", input, "-o", output];
}
