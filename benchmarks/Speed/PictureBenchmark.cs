using BenchmarkDotNet.Attributes;
using VaeCodec.Imaging;

namespace VaeCodec.Speed;

/// <summary>A megapixel in memory, encoded and decoded with the standard model.</summary>
[MemoryDiagnoser]
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
        SamplePicture sample = new(1024, 1024);
        _picture = sample.Picture;
        _pixels = new byte[_picture.RowBytes * _picture.Height];
        await sample.ReadRowsAsync(_pixels, _picture.Height, CancellationToken.None);
        _file = Encode();
    }

    [Benchmark]
    public byte[] Encode() => VaeEncoder.Encode(_picture, _pixels, new VaeEncoderOptions { Threads = Threads });

    [Benchmark]
    public DecodedPicture Decode() => VaeDecoder.Decode(_file, new VaeDecoderOptions { Threads = Threads });
}
