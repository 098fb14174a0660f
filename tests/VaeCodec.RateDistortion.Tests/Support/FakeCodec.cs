using VaeCodec.RateDistortion.Codecs;
using VaeCodec.RateDistortion.Pictures;

namespace VaeCodec.RateDistortion.Tests.Support;

/// <summary>A codec that counts its runs, adds noise that falls with the quality, and fails when told to.</summary>
internal sealed class FakeCodec(string name, string version = "1", bool lossless = false) : ICodec
{
    public int Runs { get; private set; }

    /// <summary>What a point of a picture and quality ends with; null for a good end.</summary>
    public Func<string, int, Exception?> Fails { get; init; } = (_, _) => null;

    public string Name => name;

    public string Description => "a fake";

    public string Version => version;

    public string Settings => "none";

    public CodecTiming Timing => CodecTiming.Library;

    public IReadOnlyList<int> DefaultQualities => lossless ? [] : [10, 20, 30];

    public (int Least, int Most) QualityRange => (1, 100);

    public Task<CodecRun> RunAsync(BenchPicture picture, int quality, string scratchFolder, CancellationToken ct)
    {
        Runs++;
        if (Fails(picture.Name, quality) is { } failure)
        {
            throw failure;
        }

        int error = lossless ? 0 : 40 - quality;
        byte[] decoded = [.. picture.Pixels.Select((value, index) => (byte)Math.Clamp(value + (index % 2 == 0 ? error : -error), 0, 255))];
        return Task.FromResult(new CodecRun(1000L * (1 + quality), decoded, 0.5, 0.25, 1 << 20, null));
    }
}
