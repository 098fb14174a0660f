using BenchmarkDotNet.Attributes;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>The analysis and the synthesis alone, a megapixel, one thread, pixels to latents and back, with both ways of computing convolutions.</summary>
public class TransformBenchmark
{
    private const int Side = 1024;
    private VaeModel _model = null!;
    private byte[] _pixels = null!;
    private float[] _latents = null!;
    private WorkerTeam _team = null!;
    private AnalysisTransform _analysis = null!;
    private SynthesisTransform _synthesis = null!;

    [Params(ConvolutionMethod.Direct, ConvolutionMethod.Winograd)]
    public ConvolutionMethod Convolutions { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _model = MethodModel.Load(Convolutions);
        (_, _pixels) = await SamplePixels.CreateAsync(Side, Side);
        _latents = new float[Side / ModelDescription.LatentStride * Side / ModelDescription.LatentStride * _model.Networks.Description.LatentChannels];
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
    public void Analyse() => _analysis.Analyse(_pixels, Side, Side, 3, _latents);

    [Benchmark]
    [Work(Side * Side / 1e6, "MP")]
    public void Synthesise()
    {
        _synthesis.Begin(Side, Side, 3);
        ReadOnlySpan<float> inverse = _model.Networks.InverseGain(SampleTile.Quality);
        int rowBytes = _pixels.Length / Side, width = _latents.Length / (Side / ModelDescription.LatentStride);
        for (int pushed = 0, done = 0; done < Side;)
        {
            for (int wanted = _synthesis.LatentRowsWanted; wanted > 0; wanted--, pushed++)
            {
                _synthesis.Push(_latents.AsSpan(pushed * width, width), inverse);
            }

            _synthesis.Advance();
            int rows = _synthesis.RowsReady;
            _synthesis.ReadRows(_pixels.AsSpan(done * rowBytes, rows * rowBytes));
            done += rows;
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
