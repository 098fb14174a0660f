using BenchmarkDotNet.Attributes;
using VaeCodec.Imaging;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>g_a and g_s alone, a megapixel, one thread: pixels to latents and back.</summary>
public class TransformBenchmark
{
    private const int Side = 1024;
    private readonly VaeModel _model = VaeModel.Standard;
    private byte[] _pixels = null!;
    private float[] _latents = null!;
    private WorkerTeam _team = null!;
    private AnalysisTransform _analysis = null!;
    private SynthesisTransform _synthesis = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        SamplePicture picture = new(Side, Side);
        _pixels = new byte[picture.Picture.RowBytes * Side];
        await picture.ReadRowsAsync(_pixels, Side, CancellationToken.None);
        _team = new WorkerTeam(1);
        _analysis = new AnalysisTransform(_model.Cpu, _team);
        _synthesis = new SynthesisTransform(_model.Cpu, _team);
        Analyse();
        ReadOnlySpan<float> gain = _model.Networks.Gain(SampleTile.Quality);
        for (int i = 0; i < _latents.Length; i++)
        {
            _latents[i] = MathF.Round(_latents[i] * gain[i % gain.Length]);
        }
    }

    [Benchmark]
    [Work(Side * Side / 1e6, "MP")]
    public void Analyse()
    {
        _analysis.Begin(Side, Side, 3);
        int rowBytes = _pixels.Length / Side, width = _analysis.LatentWidth * _model.Networks.Description.LatentChannels;
        _latents ??= new float[width * _analysis.LatentWidth];
        for (int row = 0, done = 0; done < _analysis.LatentWidth;)
        {
            for (int wanted = _analysis.RowsWanted; wanted > 0; wanted--, row++)
            {
                _analysis.Push(_pixels.AsSpan(row * rowBytes, rowBytes));
            }

            _analysis.Advance();
            for (; _analysis.LatentRowsReady > 0; done++)
            {
                _analysis.ReadLatentRow(_latents.AsSpan(done * width, width));
            }
        }
    }

    [Benchmark]
    [Work(Side * Side / 1e6, "MP")]
    public void Synthesise()
    {
        _synthesis.Begin(Side, Side, 3);
        ReadOnlySpan<float> inverse = _model.Networks.InverseGain(SampleTile.Quality);
        int rowBytes = _pixels.Length / Side, width = _latents.Length / (Side / 16);
        for (int pushed = 0, done = 0; done < Side;)
        {
            for (int wanted = _synthesis.LatentRowsWanted; wanted > 0; wanted--, pushed++)
            {
                _synthesis.Push(_latents.AsSpan(pushed * width, width), inverse);
            }

            _synthesis.Advance();
            for (; _synthesis.RowsReady > 0; done++)
            {
                _synthesis.ReadRow(_pixels.AsSpan(done * rowBytes, rowBytes));
            }
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _analysis.Dispose();
        _synthesis.Dispose();
        _team.Dispose();
    }
}
