using BenchmarkDotNet.Attributes;
using VaeCodec.Imaging;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>Rows of a megapixel out to PNG and in again, in memory.</summary>
public class PngBenchmark
{
    private const int Side = 1024;
    private readonly MemoryStream _file = new();
    private PictureDescription _picture = null!;
    private byte[] _pixels = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        (_picture, _pixels) = await SamplePixels.CreateAsync(Side, Side);
        await WritePng();
    }

    [Benchmark]
    [Work(Side * Side / 1e6, "MP")]
    public async Task WritePng()
    {
        _file.SetLength(0);
        IRowSink sink = PictureWriter.Create(_file, PictureFormat.Png);
        await sink.BeginAsync(_picture, CancellationToken.None);
        await sink.WriteRowsAsync(_pixels, Side, CancellationToken.None);
        await sink.EndAsync(CancellationToken.None);
    }

    [Benchmark]
    [Work(Side * Side / 1e6, "MP")]
    public async Task ReadPng()
    {
        _file.Position = 0;
        IPictureReader reader = await PictureReader.OpenAsync(_file);
        await using (reader)
        {
            await reader.ReadRowsAsync(_pixels, Side, CancellationToken.None);
        }
    }
}
