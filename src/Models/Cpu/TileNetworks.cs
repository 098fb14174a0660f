using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu;

/// <summary>
/// The networks that are local to a tile (h_a, h_s, h_m, context), with the buffers for one tile. Zero outside the tile.
/// Not thread-safe: each thread has its own.
/// </summary>
/// <remarks>Latents lie in memory as row, column, channel (H x W x C).</remarks>
internal sealed unsafe class TileNetworks : IDisposable
{
    private const int ContextBorder = ModelDescription.ContextKernel / 2;

    private readonly CpuModel _model;
    private readonly WorkerTeam _single = new(1);
    private readonly NetworkExecutor _hyperMean;
    private readonly IntegerNetworkExecutor _hyperScale;
    private readonly AlignedBuffer _contextGrid = new();
    private readonly AlignedBuffer _fuseInput = new();
    private readonly AlignedBuffer _fuseOutput = new();
    private NetworkExecutor? _hyperAnalysis;
    private int _width;
    private int _height;

    /// <summary>Makes the buffers ready.</summary>
    /// <param name="model">The model.</param>
    public TileNetworks(CpuModel model)
    {
        _model = model;
        _hyperMean = new NetworkExecutor(model.HyperMean, _single);
        _hyperScale = new IntegerNetworkExecutor(model.HyperScale);
    }

    private int Channels => _model.Model.Description.LatentChannels;

    private int HyperChannels => _model.Model.Description.HyperChannels;

    /// <summary>Bytes that one instance takes for tiles of a size.</summary>
    /// <param name="model">The model.</param>
    /// <param name="latentWidth">Latents in a row of the largest tile.</param>
    /// <param name="latentHeight">Rows of latents.</param>
    /// <param name="encoding">Whether h_a runs, too.</param>
    public static long Bytes(CpuModel model, int latentWidth, int latentHeight, bool encoding)
    {
        long positions = (long)latentWidth * latentHeight;
        long stride = PackedConvolution.PadChannels(model.Model.Description.LatentChannels);
        return NetworkExecutor.Bytes(model.HyperMean, latentWidth / ModelDescription.HyperStride, latentHeight / ModelDescription.HyperStride, 1, 1)
            + IntegerNetworkExecutor.Bytes(model.HyperScale, latentWidth / ModelDescription.HyperStride, latentHeight / ModelDescription.HyperStride)
            + (encoding ? NetworkExecutor.Bytes(model.HyperAnalysis, latentWidth, latentHeight, 1, 1) : 0)
            + (8 * positions * stride)
            + (positions * model.Context.FuseInputStride * 4)
            + (2L * (latentWidth / 2) * model.Context.Fuse.Select(layer => layer.Convolution.OutputStride).DefaultIfEmpty().Max() * sizeof(float));
    }

    /// <summary>Starts a tile.</summary>
    /// <param name="latentWidth">Latents in a row; a multiple of 4.</param>
    /// <param name="latentHeight">Rows of latents; a multiple of 4.</param>
    public void Begin(int latentWidth, int latentHeight)
    {
        _width = latentWidth;
        _height = latentHeight;
    }

    /// <summary>h_a: z = round(h_a(sign(y_q) (sqrt(1 + |y_q|) - 1))), clamped to -127..127.</summary>
    /// <param name="scaled">y_q, the latents after the gain: row, column, channel.</param>
    /// <param name="z">Out: row, column, channel at a quarter of the width and height.</param>
    public void AnalyseHyper(ReadOnlySpan<float> scaled, Span<sbyte> z)
    {
        NetworkExecutor network = _hyperAnalysis ??= new NetworkExecutor(_model.HyperAnalysis, _single);
        network.Reset(_width, _height, 1);
        int channels = Channels;
        for (int y = 0; y < _height; y++)
        {
            float* row = network.Input.Row(y);
            for (int x = 0; x < _width; x++)
            {
                ElementKernel.Compress(scaled.Slice(((y * _width) + x) * channels, channels), new Span<float>(row + ((nint)x * network.Input.PixelStride), channels));
            }
        }

        network.Input.Commit(_height);
        network.Run();
        int hyperWidth = _width / ModelDescription.HyperStride;
        for (int y = 0; y < _height / ModelDescription.HyperStride; y++)
        {
            for (int x = 0; x < hyperWidth; x++)
            {
                float* pixel = network.OutputRow(y) + ((nint)x * network.Output.PixelStride);
                for (int c = 0; c < HyperChannels; c++)
                {
                    z[(((y * hyperWidth) + x) * HyperChannels) + c] = (sbyte)Math.Clamp((int)MathF.Round(pixel[c]), -127, 127);
                }
            }
        }
    }

    /// <summary>h_s and h_m: what z says of the latents. The output of h_m stays inside for <see cref="HyperMeanAt"/> and <see cref="CorrectMeans"/>.</summary>
    /// <param name="z">The hyper-latents.</param>
    /// <param name="logScale">Out: the output of h_s, in sixteenths of a natural logarithm: row, column, channel.</param>
    public void SynthesiseHyper(ReadOnlySpan<sbyte> z, Span<short> logScale)
    {
        int hyperWidth = _width / ModelDescription.HyperStride, hyperHeight = _height / ModelDescription.HyperStride;
        _hyperScale.Run(z, hyperWidth, hyperHeight, logScale);
        _hyperMean.Reset(hyperWidth, hyperHeight, 1);
        for (int y = 0; y < hyperHeight; y++)
        {
            float* row = _hyperMean.Input.Row(y);
            for (int x = 0; x < hyperWidth; x++)
            {
                float* pixel = row + ((nint)x * _hyperMean.Input.PixelStride);
                for (int c = 0; c < HyperChannels; c++)
                {
                    pixel[c] = z[(((y * hyperWidth) + x) * HyperChannels) + c];
                }
            }
        }

        _hyperMean.Input.Commit(hyperHeight);
        _hyperMean.Run();
    }

    /// <summary>h_m(z) at one position, before the gain: one value for each channel. Valid until the next tile.</summary>
    /// <param name="row">Row of latents.</param>
    /// <param name="column">Column.</param>
    public ReadOnlySpan<float> HyperMeanAt(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_height, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_width, nameof(column));
        return new ReadOnlySpan<float>(_hyperMean.OutputRow(row) + ((nint)column * _hyperMean.Output.PixelStride), Channels);
    }

    /// <summary>
    /// The context pass: from the even positions ((row + column) even) of y_hat / gain, d for the odd positions.
    /// </summary>
    /// <param name="decoded">y_hat; only the even positions are read. Row, column, channel.</param>
    /// <param name="gain">The gain of each channel.</param>
    /// <param name="correction">Out: d at the odd positions; the even ones are left alone. Row, column, channel.</param>
    public void CorrectMeans(ReadOnlySpan<float> decoded, ReadOnlySpan<float> gain, Span<float> correction)
    {
        ContextWeights context = _model.Context;
        int channels = Channels;
        int stride = PackedConvolution.PadChannels(channels);
        nint rowStride = (nint)(_width + (2 * ContextBorder)) * stride;
        float* grid = _contextGrid.Require(rowStride * (_height + (2 * ContextBorder)));
        FillEven(decoded, gain, grid + (ContextBorder * rowStride) + (ContextBorder * stride), rowStride, stride);

        int half = _width / 2;
        int inputStride = context.FuseInputStride;
        float** runs = stackalloc float*[context.Taps.Length];
        for (int y = 0; y < _height; y++)
        {
            float* input = _fuseInput.Require((long)half * inputStride);
            int firstOdd = 1 - (y & 1);
            for (int i = 0; i < context.Taps.Length; i++)
            {
                (int row, int column) = context.Taps[i];
                runs[i] = grid + ((y + row) * rowStride) + ((nint)(firstOdd + column) * stride);
            }

            ConvolutionRow spatial = new()
            {
                Runs = runs,
                RunCount = context.Taps.Length,
                RunLength = stride,
                PixelStride = 2 * stride,
                Pixels = half,
                Output = input,
                OutputStride = inputStride,
                Slope = 1,
            };
            RunBlocks(context.Spatial, in spatial);
            for (int i = 0; i < half; i++)
            {
                HyperMeanAt(y, firstOdd + (2 * i)).CopyTo(new Span<float>(input + ((nint)i * inputStride) + context.Spatial.OutputStride, channels));
            }

            float* result = Fuse(context, input, half);
            int resultStride = context.Fuse[^1].Convolution.OutputStride;
            for (int i = 0; i < half; i++)
            {
                int position = (y * _width) + firstOdd + (2 * i);
                new ReadOnlySpan<float>(result + ((nint)i * resultStride), channels).CopyTo(correction[(position * channels)..]);
            }
        }
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        _hyperMean.Dispose();
        _hyperScale.Dispose();
        _hyperAnalysis?.Dispose();
        _contextGrid.Dispose();
        _fuseInput.Dispose();
        _fuseOutput.Dispose();
        _single.Dispose();
    }

    private static void RunBlocks(PackedConvolution convolution, in ConvolutionRow row)
    {
        foreach (ref readonly PackedBlock block in convolution.Blocks.AsSpan())
        {
            convolution.Run(in row, in block);
        }
    }

    private void FillEven(ReadOnlySpan<float> decoded, ReadOnlySpan<float> gain, float* origin, nint rowStride, int stride)
    {
        int channels = Channels;
        for (int y = 0; y < _height; y++)
        {
            for (int x = y & 1; x < _width; x += 2)
            {
                Span<float> pixel = new(origin + (y * rowStride) + ((nint)x * stride), channels);
                ElementKernel.Divide(decoded.Slice(((y * _width) + x) * channels, channels), gain, pixel);
            }
        }
    }

    private float* Fuse(ContextWeights context, float* input, int pixels)
    {
        int stride = context.FuseInputStride;
        foreach ((PackedConvolution convolution, float slope) in context.Fuse)
        {
            AlignedBuffer target = input == _fuseOutput.Floats ? _fuseInput : _fuseOutput;
            float* output = target.Require((long)pixels * convolution.OutputStride);
            float* run = input;
            ConvolutionRow row = new()
            {
                Runs = &run,
                RunCount = 1,
                RunLength = stride,
                PixelStride = stride,
                Pixels = pixels,
                Output = output,
                OutputStride = convolution.OutputStride,
                Slope = slope,
            };
            RunBlocks(convolution, in row);
            input = output;
            stride = convolution.OutputStride;
        }

        return input;
    }
}
