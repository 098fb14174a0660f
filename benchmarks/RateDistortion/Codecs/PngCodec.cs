using System.Diagnostics;
using VaeCodec.Imaging;
using VaeCodec.RateDistortion.Pictures;
using VaeCodec.RateDistortion.Programs;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>PNG as the lossless reference: optipng with every filter and strategy at zlib's best level, as grey or with a palette where that holds the picture, or this project's writer where optipng is missing.</summary>
internal sealed class PngCodec(ExternalProgram? optimizer) : ICodec
{
    /// <summary>On photographs one filter for all rows beats the adaptive choice: 13.10 and 13.27 bits a pixel on Kodak's.</summary>
    private static readonly string[] s_options = ["-quiet", "-clobber", "-force", "-zc9", "-zm8-9", "-zs0-3", "-f0-5"];

    public string Name => "png";

    public string Description => optimizer is null ? "PNG, this project's writer at level 9 (optipng is not installed)" : "PNG, optipng, every filter and strategy";

    public string Version { get; } = optimizer is null ? LibraryVersion.Imaging : ProgramVersion.FirstLine(optimizer, "-version");

    public string Settings => optimizer is null ? "level 9" : string.Join(' ', s_options);

    public CodecTiming Timing => optimizer is null ? CodecTiming.Library : CodecTiming.EncoderProcess;

    public IReadOnlyList<int> DefaultQualities => [];

    public (int Least, int Most) QualityRange => (0, 100);

    public async Task<CodecRun> RunAsync(BenchPicture picture, int quality, string scratchFolder, CancellationToken ct)
    {
        string encoded = Path.Combine(scratchFolder, "encoded.png");
        ProgramRun encoding = optimizer is null
            ? await WriteAsync(picture, encoded, ct)
            : await optimizer.RunAsync([.. s_options, picture.PngPath, "-out", encoded], scratchFolder, ct);
        long start = Stopwatch.GetTimestamp();
        DecodedPicture back = await PictureFiles.ReadAsync(encoded, ct);
        double decodeSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new CodecRun(new FileInfo(encoded).Length, back.Pixels, encoding.Seconds, decodeSeconds, encoding.PeakBytes, null);
    }

    private static async Task<ProgramRun> WriteAsync(BenchPicture picture, string path, CancellationToken ct)
    {
        long start = Stopwatch.GetTimestamp();
        await using FileStream stream = File.Create(path);
        IRowSink sink = PictureWriter.Create(stream, PictureFormat.Png, new PictureWriterOptions { PngCompressionLevel = 9 });
        await sink.BeginAsync(picture.Description, ct);
        await sink.WriteRowsAsync(picture.Pixels, picture.Height, ct);
        await sink.EndAsync(ct);
        return new ProgramRun(Stopwatch.GetElapsedTime(start).TotalSeconds, null);
    }
}
