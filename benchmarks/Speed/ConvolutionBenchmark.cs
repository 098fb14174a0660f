using BenchmarkDotNet.Attributes;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Speed;

/// <summary>One 3x3 convolution of the standard synthesis (128 to 128 channels, 96 x 8 pixels: 113 million multiply-adds) for each vector width.</summary>
[MemoryDiagnoser]
public unsafe class ConvolutionBenchmark
{
    private const int Channels = 128, Kernel = 3, Width = 96, Rows = 8;
    private PackedConvolution _convolution = null!;
    private RowRing _input = null!;
    private RowRing _output = null!;

    /// <summary>Bits of a vector; 1 is scalar.</summary>
    [ParamsSource(nameof(Paths))]
    public int Path { get; set; }

    public static IEnumerable<int> Paths => new[] { CpuPath.Scalar, CpuPath.Vector128, CpuPath.Vector256, CpuPath.Vector512 }.Where(CpuPaths.IsSupported).Select(path => (int)path);

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        float[] weights = new float[Channels * Channels * Kernel * Kernel];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = random.NextSingle() - 0.5f;
        }

        _convolution = PackedConvolution.Dense(new ConvolutionWeights(Channels, Channels, Kernel, weights, new float[Channels]), (CpuPath)Path, Channels);
        _input = new RowRing(Channels, Kernel / 2);
        _output = new RowRing(Channels, 0);
        _input.Reset(Width, Rows, Rows);
        _output.Reset(Width, Rows, Rows);
        for (int i = 0; i < Width * Channels; i++)
        {
            _input.Row(Rows / 2)[i] = random.NextSingle();
        }
    }

    [Benchmark]
    public void Convolve()
    {
        float** runs = stackalloc float*[Kernel];
        foreach (PackedBlock block in _convolution.Blocks)
        {
            for (int y = 0; y < Rows; y++)
            {
                for (int i = 0; i < Kernel; i++)
                {
                    runs[i] = _input.Row(y + i - 1) - Channels;
                }

                ConvolutionRow row = new()
                {
                    Runs = runs,
                    RunCount = Kernel,
                    RunLength = _convolution.RunLength,
                    PixelStride = Channels,
                    Pixels = Width,
                    Output = _output.Row(y),
                    OutputStride = Channels,
                    Slope = 1,
                };
                _convolution.Run(in row, in block);
            }
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _convolution.Dispose();
        _input.Dispose();
        _output.Dispose();
    }
}
