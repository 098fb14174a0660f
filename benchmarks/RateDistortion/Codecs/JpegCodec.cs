using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>JPEG by libjpeg-turbo's cjpeg and djpeg, with optimised Huffman tables and progressive scans.</summary>
internal sealed class JpegCodec(ExternalProgram encoder, ExternalProgram decoder, bool subsampled) : ProcessCodec(encoder, decoder)
{
    public override string Name => subsampled ? "jpeg420" : "jpeg444";

    public override string Description => $"JPEG, libjpeg-turbo, chroma {(subsampled ? "4:2:0" : "4:4:4")}, optimised, progressive";

    public override string Version { get; } = ProgramVersion.FirstLine(encoder, "-version");

    public override IReadOnlyList<int> DefaultQualities { get; } = [.. Enumerable.Range(1, 19).Select(step => step * 5)];

    public override (int Least, int Most) QualityRange => (1, 100);

    protected override string Extension => ".jpg";

    protected override IEnumerable<string> EncoderArguments(string quality, string input, string output)
        => ["-quality", quality, "-optimize", "-progressive", "-sample", subsampled ? "2x2" : "1x1", "-outfile", output, input];

    protected override IEnumerable<string> DecoderArguments(string input, string output) => ["-pnm", "-outfile", output, input];
}
