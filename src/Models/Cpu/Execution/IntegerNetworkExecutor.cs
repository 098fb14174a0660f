using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Models.Cpu.Execution;

/// <summary>Runs the scale network over one tile. Not thread-safe; each thread has its own.</summary>
internal sealed unsafe class IntegerNetworkExecutor : IDisposable
{
    private readonly IntegerNetwork _network;
    private readonly AlignedBuffer _input = new();
    private readonly AlignedBuffer _output = new();
    private readonly AlignedBuffer _sums = new();

    public IntegerNetworkExecutor(IntegerNetwork network) => _network = network;

    /// <summary>Bytes the executor will take for a tile: two buffers take turns, and each becomes as large as the largest grid that it holds.</summary>
    public static long Bytes(IntegerNetwork network, int width, int height)
    {
        long current = Grid.Elements(width, height, network.Layers[0].InputStride, network.Layers[0].Kernel / 2), next = 0;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            (width, height) = (width * network.Layers[i].Shuffle, height * network.Layers[i].Shuffle);
            bool last = i == network.Layers.Count - 1;
            long after = Grid.Elements(width, height, last ? network.Layers[i].OutputChannels : network.Layers[i + 1].InputStride, last ? 0 : network.Layers[i + 1].Kernel / 2);
            (current, next) = (Math.Max(next, after), current);
        }

        return (current + next) * sizeof(short);
    }

    /// <summary>Bytes of the grids that it has taken.</summary>
    public long GridBytes => _input.Bytes + _output.Bytes;

    /// <summary>Computes the network's output for a tile.</summary>
    /// <param name="z">Hyper-latents: row, column, channel.</param>
    /// <param name="width">Hyper-latents in a row.</param>
    /// <param name="height">Rows of hyper-latents.</param>
    /// <param name="output">Out: row, column, channel at four times the width and height.</param>
    public void Run(ReadOnlySpan<sbyte> z, int width, int height, Span<short> output)
    {
        AlignedBuffer current = _input, next = _output;
        IReadOnlyList<PackedIntegerConvolution> layers = _network.Layers;
        int channels = layers[0].InputChannels;
        Grid grid = Grid.Create(current, width, height, layers[0].InputStride, layers[0].Kernel / 2);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                short* pixel = grid.Row(y) + ((nint)x * grid.PixelStride);
                for (int c = 0; c < channels; c++)
                {
                    pixel[c] = z[(((y * width) + x) * channels) + c];
                }
            }
        }

        for (int i = 0; i < layers.Count; i++)
        {
            PackedIntegerConvolution layer = layers[i];
            bool last = i == layers.Count - 1;
            int stride = last ? layer.OutputChannels : layers[i + 1].InputStride;
            Grid result = Grid.Create(next, width * layer.Shuffle, height * layer.Shuffle, stride, last ? 0 : layers[i + 1].Kernel / 2);
            RunLayer(layer, grid, width, height, result);
            width *= layer.Shuffle;
            height *= layer.Shuffle;
            grid = result;
            (current, next) = (next, current);
        }

        for (int y = 0; y < height; y++)
        {
            new ReadOnlySpan<short>(grid.Row(y), width * grid.PixelStride).CopyTo(output[(y * width * grid.PixelStride)..]);
        }
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _sums.Dispose();
    }

    private void RunLayer(PackedIntegerConvolution layer, Grid input, int width, int height, Grid output)
    {
        int* sums = (int*)_sums.Require(layer.SumElements(width));
        short** rows = stackalloc short*[layer.Kernel];
        short** outputs = stackalloc short*[layer.Shuffle];
        int padding = layer.Kernel / 2;
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < layer.Kernel; i++)
            {
                rows[i] = input.Row(y + i - padding) - ((nint)padding * input.PixelStride);
            }

            for (int i = 0; i < layer.Shuffle; i++)
            {
                outputs[i] = output.Row((y * layer.Shuffle) + i);
            }

            layer.Run(rows, width, sums, outputs, output.PixelStride);
        }
    }

    /// <summary>A whole tensor of 16-bit integers with a zero border.</summary>
    private readonly struct Grid
    {
        private readonly short* _origin;
        private readonly nint _rowStride;

        private Grid(short* origin, nint rowStride, int pixelStride)
        {
            _origin = origin;
            _rowStride = rowStride;
            PixelStride = pixelStride;
        }

        public int PixelStride { get; }

        public static Grid Create(AlignedBuffer buffer, int width, int height, int pixelStride, int border)
        {
            long rowStride = (width + (2L * border)) * pixelStride;
            short* memory = (short*)buffer.Require((Elements(width, height, pixelStride, border) + 1) / 2);
            return new Grid(memory + (border * rowStride) + (border * pixelStride), (nint)rowStride, pixelStride);
        }

        public static long Elements(int width, int height, int pixelStride, int border)
            => checked((width + (2L * border)) * pixelStride * (height + (2L * border)));

        public short* Row(int y) => _origin + (y * _rowStride);
    }
}
