using BenchmarkDotNet.Attributes;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>What lies between the transforms, for a tile of 512 x 512 pixels: hyper networks, context, choice of symbols, entropy coding.</summary>
public class TileBenchmark
{
    private SampleTile _tile = null!;
    private byte[] _coded = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _tile = await SampleTile.CreateAsync();
        _coded = EncodeTile();
    }

    [Benchmark]
    [Work(SampleTile.Side * SampleTile.Side / 1e6, "MP")]
    public byte[] EncodeTile()
    {
        _tile.Quantise();
        return _tile.Entropy.Encode(_tile.Latents.Buffers, _tile.Area, SampleTile.Quality);
    }

    [Benchmark]
    [Work(SampleTile.Side * SampleTile.Side / 1e6, "MP")]
    public void DecodeTile()
    {
        if (!_tile.Entropy.TryDecode(_coded, _tile.Latents, _tile.Area, SampleTile.Quality))
        {
            throw new InvalidOperationException("The tile did not decode.");
        }

        _tile.Latents.Reconstruct(_tile.Area, SampleTile.Quality);
    }

    [GlobalCleanup]
    public void Cleanup() => _tile.Dispose();
}
