using BenchmarkDotNet.Attributes;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>A megapixel in memory, encoded and decoded with the standard model.</summary>
public class PictureBenchmark
{
    private PictureDescription _picture = null!;
    private byte[] _pixels = null!;
    private byte[] _file = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        (_picture, _pixels) = await SamplePixels.CreateAsync(1024, 1024);
        _file = EncodePicture();
    }

    [Benchmark]
    [Work(1024 * 1024 / 1e6, "MP")]
    public byte[] EncodePicture() => VaeEncoder.Encode(_picture, _pixels, new VaeEncoderOptions { Threads = Threads });

    [Benchmark]
    [Work(1024 * 1024 / 1e6, "MP")]
    public DecodedPicture DecodePicture() => VaeDecoder.Decode(_file, new VaeDecoderOptions { Threads = Threads });
}
