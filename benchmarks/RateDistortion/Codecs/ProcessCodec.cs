using VaeCodec.RateDistortion.Pictures;
using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>A codec that is two command-line programs.</summary>
internal abstract class ProcessCodec(ExternalProgram encoder, ExternalProgram decoder) : ICodec
{
    public abstract string Name { get; }

    public abstract string Description { get; }

    public abstract string Version { get; }

    public string Settings => string.Join(' ', ["encode:", .. EncoderArguments("Q", "IN", "OUT"), "decode:", .. DecoderArguments("IN", "OUT")]);

    public CodecTiming Timing => CodecTiming.Process;

    public abstract IReadOnlyList<int> DefaultQualities { get; }

    public virtual (int Least, int Most) QualityRange => (0, 100);

    /// <summary>The extension of the encoded files, with its dot.</summary>
    protected abstract string Extension { get; }

    /// <summary>The extension of the files that the decoder writes: .ppm or .png.</summary>
    protected virtual string DecodedExtension => ".ppm";

    /// <summary>Whether the encoder reads PNG instead of PPM.</summary>
    protected virtual bool ReadsPng => false;

    public async Task<CodecRun> RunAsync(BenchPicture picture, int quality, string scratchFolder, CancellationToken ct)
    {
        string encoded = Path.Combine(scratchFolder, "encoded" + Extension);
        string decoded = Path.Combine(scratchFolder, "decoded" + DecodedExtension);
        string input = ReadsPng ? picture.PngPath : picture.PpmPath;
        ProgramRun encoding = await encoder.RunAsync([.. EncoderArguments(QualityArgument(quality), input, encoded)], scratchFolder, ct);
        RequireOutput(encoder, encoded);
        ProgramRun decoding = await decoder.RunAsync([.. DecoderArguments(encoded, decoded)], scratchFolder, ct);
        RequireOutput(decoder, decoded);
        DecodedPicture back = await PictureFiles.ReadAsync(decoded, ct);
        return (back.Picture.Width, back.Picture.Height) == (picture.Width, picture.Height)
            ? new CodecRun(new FileInfo(encoded).Length, back.Pixels, encoding.Seconds, decoding.Seconds, encoding.PeakBytes, decoding.PeakBytes)
            : throw new ProgramFailureException($"the decoded picture is {back.Picture.Width} x {back.Picture.Height}, the original {picture.Width} x {picture.Height}");
    }

    /// <summary>The encoder's arguments.</summary>
    protected abstract IEnumerable<string> EncoderArguments(string quality, string input, string output);

    /// <summary>The decoder's arguments.</summary>
    protected abstract IEnumerable<string> DecoderArguments(string input, string output);

    /// <summary>The quality as the encoder wants it.</summary>
    protected virtual string QualityArgument(int quality) => FormattableString.Invariant($"{quality}");

    private static void RequireOutput(ExternalProgram program, string path)
    {
        if (!File.Exists(path))
        {
            throw new ProgramFailureException($"{Path.GetFileName(program.Path)} ended well but wrote no file");
        }
    }
}
