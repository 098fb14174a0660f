using BenchmarkDotNet.Attributes;
using VaeCodec.Entropy;
using VaeCodec.Models.Bundle;
using VaeCodec.Speed.Measuring;
using VaeCodec.Tiles;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>The entropy coder alone, on the first 256 latent channels of a tile's 1024 positions at quality 50 and the tables that the model gives them.</summary>
public class EntropyBenchmark
{
    private const int Positions = 1024, Channels = 256, Count = Positions * Channels;
    private readonly RansEncoder _encoder = new();
    private readonly short[] _symbols = new short[Count];
    private readonly CdfTable[] _tables = new CdfTable[Count];
    private readonly DecoderTable[] _decoderTables = new DecoderTable[Count];
    private byte[] _coded = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        using SampleTile tile = await SampleTile.CreateAsync();
        tile.Quantise();
        VaeModel model = VaeModel.Standard;
        ReadOnlySpan<short> offsets = model.Networks.ScaleOffset(SampleTile.Quality);
        for (int position = 0; position < Positions; position++)
        {
            for (int c = 0; c < Channels; c++)
            {
                int source = (position * offsets.Length) + c, target = (position * Channels) + c;
                int index = Math.Clamp(tile.Latents.Buffers.LogScales[source] + offsets[c], 0, model.Networks.Scales.Count - 1);
                _symbols[target] = tile.Latents.Buffers.Symbols[source];
                _tables[target] = model.Networks.Scales[index];
                _decoderTables[target] = model.ScaleTables[index];
            }
        }

        _coded = EncodeSymbols();
    }

    [Benchmark]
    [Work(Count / 1e6, "M symbols")]
    public byte[] EncodeSymbols()
    {
        _encoder.Clear();
        for (int i = 0; i < Count; i++)
        {
            _encoder.Put(_tables[i], _symbols[i]);
        }

        return _encoder.Finish();
    }

    [Benchmark]
    [Work(Count / 1e6, "M symbols")]
    public int DecodeSymbols()
    {
        RansDecoder decoder = new(_coded);
        int sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += decoder.Get(_decoderTables[i], TileLatentCoder.MaxSymbol);
        }

        return decoder.IsAtEnd ? sum : throw new InvalidOperationException("The symbols did not decode.");
    }
}
