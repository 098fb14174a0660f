using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>Lossy JPEG XL by libjxl's cjxl and djxl, effort 7, one thread.</summary>
internal sealed class JxlCodec(ExternalProgram encoder, ExternalProgram decoder) : ProcessCodec(encoder, decoder)
{
    public override string Name => "jxl";

    public override string Description => "JPEG XL, libjxl, lossy, effort 7";

    public override string Version { get; } = ProgramVersion.FirstLine(encoder, "--version");

    public override IReadOnlyList<int> DefaultQualities { get; } = [5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 97];

    public override (int Least, int Most) QualityRange => (0, 99);

    protected override string Extension => ".jxl";

    protected override IEnumerable<string> EncoderArguments(string quality, string input, string output)
        => ["--num_threads=0", "-e", "7", "-q", quality, input, output];

    protected override IEnumerable<string> DecoderArguments(string input, string output) => ["--num_threads=0", input, output];
}
