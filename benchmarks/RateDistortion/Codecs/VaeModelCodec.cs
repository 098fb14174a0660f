using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using VaeCodec.RateDistortion.Pictures;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>This project's codec with a model and an effort, called as a library, one thread.</summary>
internal sealed class VaeModelCodec(string name, VaeModel model, int effort) : ICodec
{
    private const int Threads = 1;

    private bool _warm;

    public string Name => name;

    public string Family => VaeCodecs.Family;

    public string Description => $"VaeCodec, model {model.Name}, effort {effort}, one thread";

    public string Version => $"VaeCodec {LibraryVersion.Codec}, model {model.Identity}";

    public string Settings => $"quality Q, effort {effort}";

    public CodecTiming Timing => CodecTiming.Library;

    public IReadOnlyList<int> DefaultQualities { get; } = [1, 12, 23, 34, 45, 56, 67, 78, 89, 100];

    public (int Least, int Most) QualityRange => (1, 100);

    public async Task<CodecRun> RunAsync(BenchPicture picture, int quality, string scratchFolder, CancellationToken ct)
    {
        string encoded = Path.Combine(scratchFolder, "encoded.vae");
        var encoderOptions = new VaeEncoderOptions { Quality = quality, Effort = effort, Model = model, Threads = Threads };
        var decoderOptions = new VaeDecoderOptions { Models = [model], Threads = Threads };
        if (!_warm)
        {
            // The first calls unpack the model and compile code; that belongs to no picture.
            await DecodeAsync(await EncodeAsync(picture, encoderOptions, ct), decoderOptions, ct);
            _warm = true;
        }

        bool peaks = ResidentPeak.TryReset();
        long start = Stopwatch.GetTimestamp();
        await File.WriteAllBytesAsync(encoded, await EncodeAsync(picture, encoderOptions, ct), ct);
        double encodeSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long? encodePeak = peaks ? ResidentPeak.Read() : null;
        peaks = ResidentPeak.TryReset();
        start = Stopwatch.GetTimestamp();
        DecodedPicture back = await DecodeAsync(await File.ReadAllBytesAsync(encoded, ct), decoderOptions, ct);
        double decodeSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new CodecRun(new FileInfo(encoded).Length, back.Pixels, encodeSeconds, decodeSeconds, encodePeak, peaks ? ResidentPeak.Read() : null);
    }

    // What VaeEncoder.Encode and VaeDecoder.Decode do, but these can be stopped: a large picture takes long at a high effort.
    private static async Task<byte[]> EncodeAsync(BenchPicture picture, VaeEncoderOptions options, CancellationToken ct)
    {
        using var file = new MemoryStream();
        await VaeEncoder.EncodeAsync(new MemoryRowSource(picture.Description, picture.Pixels), file, options, ct);
        return file.ToArray();
    }

    private static Task<DecodedPicture> DecodeAsync(byte[] file, VaeDecoderOptions options, CancellationToken ct)
        => VaeDecoder.DecodeAsync(PipeReader.Create(new ReadOnlySequence<byte>(file)), options, ct);
}
