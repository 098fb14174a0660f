using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>AVIF by libavif's avifenc and avifdec with libaom: constant quality, speed 6, 4:4:4, one thread.</summary>
internal sealed class AvifCodec(ExternalProgram encoder, ExternalProgram decoder) : ProcessCodec(encoder, decoder)
{
    private const int MostQuantizer = 63;

    public override string Name => "avif";

    public override string Description => "AVIF, libaom, constant quality, speed 6, chroma 4:4:4";

    public override string Version { get; } = ProgramVersion.FirstLine(encoder, "--version");

    public override IReadOnlyList<int> DefaultQualities { get; } = [5, 12, 20, 28, 36, 44, 52, 60, 68, 76, 84, 92, 96];

    protected override string Extension => ".avif";

    protected override string DecodedExtension => ".png";

    protected override bool ReadsPng => true;

    protected override IEnumerable<string> EncoderArguments(string quality, string input, string output)
        => ["-c", "aom", "-j", "1", "-s", "6", "-y", "444", "--min", "0", "--max", "63", "-a", "end-usage=q", "-a", $"cq-level={quality}", input, output];

    protected override IEnumerable<string> DecoderArguments(string input, string output) => ["-j", "1", "--png-compress", "0", input, output];

    /// <summary>The scale 0..100 of newer releases, turned to libaom's quantiser 63..0 as they do.</summary>
    protected override string QualityArgument(int quality) => base.QualityArgument((((100 - quality) * MostQuantizer) + 50) / 100);
}
