using BenchmarkDotNet.Attributes;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Speed.Measuring;

namespace VaeCodec.Speed.Benchmarks;

/// <summary>Convolutions of the standard synthesis over rows of 96 pixels, for each vector width: 3x3 from 128 to 128 channels, and 1x1 from 192 to 512, which is a matrix product.</summary>
public unsafe class ConvolutionBenchmark : PathBenchmark
{
    private const int Width = 96, Rows = 8;
    private const int Channels = 128, Kernel = 3, Inputs = 192, Outputs = 512;
    private PackedConvolution _convolution = null!;
    private PackedConvolution _product = null!;
    private RowRing _input = null!;
    private RowRing _output = null!;

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _convolution = Pack(random, Channels, Channels, Kernel);
        _product = Pack(random, Inputs, Outputs, 1);
        _input = new RowRing(Inputs, Kernel / 2);
        _output = new RowRing(Outputs, 0);
        _input.Reset(Width, Rows, Rows);
        _output.Reset(Width, Rows, Rows);
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < Width * Inputs; i++)
            {
                _input.Row(row)[i] = random.NextSingle();
            }
        }
    }

    [Benchmark]
    [Work((double)Width * Rows * Channels * Channels * Kernel * Kernel / 1e9, "GMAC")]
    public void Convolution3x3() => Run(_convolution, Channels, Channels, Kernel);

    [Benchmark]
    [Work((double)Width * Rows * Inputs * Outputs / 1e9, "GMAC")]
    public void MatrixProduct() => Run(_product, Inputs, Outputs, 1);

    [GlobalCleanup]
    public void Cleanup()
    {
        _convolution.Dispose();
        _product.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    private PackedConvolution Pack(Random random, int inputs, int outputs, int kernel)
    {
        float[] weights = [.. Enumerable.Range(0, inputs * outputs * kernel * kernel).Select(_ => random.NextSingle() - 0.5f)];
        return PackedConvolution.Dense(new ConvolutionWeights(inputs, outputs, kernel, weights, new float[outputs]), (CpuPath)Path, inputs);
    }

    private void Run(PackedConvolution convolution, int inputs, int outputs, int kernel)
    {
        float** runs = stackalloc float*[kernel];
        foreach (PackedBlock block in convolution.Blocks)
        {
            for (int y = 0; y < Rows; y++)
            {
                for (int i = 0; i < kernel; i++)
                {
                    runs[i] = _input.Row(y + i - (kernel / 2)) - (kernel / 2 * inputs);
                }

                ConvolutionRow row = new()
                {
                    Runs = runs,
                    RunCount = kernel,
                    RunLength = convolution.RunLength,
                    PixelStride = inputs,
                    Pixels = Width,
                    Output = _output.Row(y),
                    OutputStride = outputs,
                    Slope = 1,
                };
                convolution.Run(in row, in block);
            }
        }
    }
}
