using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using VaeCodec.RateDistortion.Pictures;

namespace VaeCodec.RateDistortion.Codecs;

/// <summary>This project's codec, called as a library, one thread.</summary>
internal abstract class VaeLibraryCodec : ICodec
{
    /// <summary>Threads of encoder and decoder.</summary>
    protected const int Threads = 1;

    private bool _warm;

    public abstract string Name { get; }

    public abstract string Family { get; }

    public abstract string Description { get; }

    public abstract string Version { get; }

    public abstract string Settings { get; }

    public CodecTiming Timing => CodecTiming.Library;

    public abstract IReadOnlyList<int> DefaultQualities { get; }

    public (int Least, int Most) QualityRange => (1, 100);

    /// <summary>What the encoder is asked for at a quality.</summary>
    protected abstract VaeEncoderOptions EncoderOptions(int quality);

    /// <summary>What the decoder is given.</summary>
    protected abstract VaeDecoderOptions DecoderOptions();

    public async Task<CodecRun> RunAsync(BenchPicture picture, int quality, string scratchFolder, CancellationToken ct)
    {
        string encoded = Path.Combine(scratchFolder, "encoded.vae");
        VaeEncoderOptions encoderOptions = EncoderOptions(quality);
        VaeDecoderOptions decoderOptions = DecoderOptions();
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
