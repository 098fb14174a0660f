using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>Lossless JPEG XL by libjxl's cjxl and djxl, effort 7, one thread.</summary>
internal sealed class JxlLosslessCodec(ExternalProgram encoder, ExternalProgram decoder) : ProcessCodec(encoder, decoder)
{
    public override string Name => "jxl-lossless";

    public override string Description => "JPEG XL, libjxl, lossless, effort 7";

    public override string Version { get; } = ProgramVersion.FirstLine(encoder, "--version");

    public override IReadOnlyList<int> DefaultQualities => [];

    protected override string Extension => ".jxl";

    protected override IEnumerable<string> EncoderArguments(string quality, string input, string output)
        => ["--num_threads=0", "-e", "7", "-d", "0", input, output];

    protected override IEnumerable<string> DecoderArguments(string input, string output) => ["--num_threads=0", input, output];
}
