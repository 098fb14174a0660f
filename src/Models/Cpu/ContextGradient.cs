using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Models.Cpu;

/// <summary>
/// The gradient through the context pass: the means at the odd positions of a tile follow its even latents, and so does whatever depends on those means.
/// For encoders that search for better latents.
/// </summary>
/// <remarks>Latents lie in memory as row, column, channel. The networks run over the whole grid, of which the odd positions count: twice the work of <see cref="TileNetworks.CorrectMeans"/>, in one piece with its adjoint.</remarks>
internal sealed unsafe class ContextGradient : IDisposable
{
    private readonly int _channels;
    private readonly NetworkExecutor _spatial;
    private readonly NetworkExecutor _fuse;
    private readonly AdjointExecutor _spatialBack;
    private readonly AdjointExecutor _fuseBack;
    private int _width;
    private int _height;

    /// <summary>Makes an instance for one tile at a time.</summary>
    /// <param name="model">The model.</param>
    /// <param name="team">The threads to use.</param>
    public ContextGradient(CpuModel model, WorkerTeam team)
    {
        _channels = model.Model.Description.LatentChannels;
        AdjointNetwork spatial = model.ContextSpatialAdjoint, fuse = model.ContextFuseAdjoint;
        _spatial = new NetworkExecutor(spatial.Network, team);
        _fuse = new NetworkExecutor(fuse.Network, team);
        _spatialBack = new AdjointExecutor(spatial, _spatial, team);
        _fuseBack = new AdjointExecutor(fuse, _fuse, team);
    }

    /// <summary>Bytes that one instance takes for tiles of a size.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Latents in a row.</param>
    /// <param name="height">Rows of latents.</param>
    /// <param name="threads">Threads it uses.</param>
    public static long Bytes(CpuModel model, int width, int height, int threads)
        => AdjointExecutor.Bytes(model.ContextSpatialAdjoint, width, height, threads) + AdjointExecutor.Bytes(model.ContextFuseAdjoint, width, height, threads);

    /// <summary>Starts a tile.</summary>
    /// <param name="width">Latents in a row.</param>
    /// <param name="height">Rows of latents.</param>
    public void Begin(int width, int height)
    {
        (_width, _height) = (width, height);
        _spatial.Reset(width, height, 1);
        _fuse.Reset(width, height, 1);
        _spatialBack.Reset(width, height);
        _fuseBack.Reset(width, height);
    }

    /// <summary>Runs the networks forwards, as <see cref="PullBack"/> needs them.</summary>
    /// <param name="decoded">y_hat; only the even positions are read.</param>
    /// <param name="networks">What holds h_m(z) of the tile.</param>
    /// <param name="gain">The gain of each channel.</param>
    public void Run(ReadOnlySpan<float> decoded, TileNetworks networks, ReadOnlySpan<float> gain)
    {
        _spatial.Rewind();
        _fuse.Rewind();
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                Span<float> pixel = Pixel(_spatial.Input, y, x, 0);
                if (IsOdd(y, x))
                {
                    pixel.Clear();
                }
                else
                {
                    ElementKernel.Divide(decoded.Slice(((y * _width) + x) * _channels, _channels), gain, pixel);
                }
            }
        }

        _spatial.Input.Commit(_height);
        _spatial.Run();
        int spatial = _spatial.Output.PixelStride;
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                new ReadOnlySpan<float>(_spatial.OutputRow(y) + ((nint)x * spatial), spatial).CopyTo(new Span<float>(_fuse.Input.Row(y) + ((nint)x * _fuse.Input.PixelStride), spatial));
                networks.HyperMeanAt(y, x).CopyTo(Pixel(_fuse.Input, y, x, spatial));
            }
        }

        _fuse.Input.Commit(_height);
        _fuse.Run();
    }

    /// <summary>Adds to a gradient what reaches the even latents through the means of the odd ones, at the values of the last <see cref="Run"/>.</summary>
    /// <param name="gradient">In: the derivative with respect to each y_hat alone, means held fast. Out: at the even positions, means following.</param>
    /// <param name="gain">The gain of each channel.</param>
    public void PullBack(Span<float> gradient, ReadOnlySpan<float> gain)
    {
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                Span<float> pixel = Pixel(_fuseBack.Output, y, x, 0);
                if (IsOdd(y, x))
                {
                    ElementKernel.Multiply(gradient.Slice(((y * _width) + x) * _channels, _channels), gain, pixel);
                }
                else
                {
                    pixel.Clear();
                }
            }
        }

        _fuseBack.Run();
        int spatial = _spatialBack.Output.PixelStride;
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                new ReadOnlySpan<float>(_fuseBack.Input.Row(y) + ((nint)x * _fuseBack.Input.PixelStride), spatial).CopyTo(new Span<float>(_spatialBack.Output.Row(y) + ((nint)x * spatial), spatial));
            }
        }

        _spatialBack.Run();
        for (int y = 0; y < _height; y++)
        {
            for (int x = y & 1; x < _width; x += 2)
            {
                Span<float> pixel = Pixel(_spatialBack.Input, y, x, 0), target = gradient.Slice(((y * _width) + x) * _channels, _channels);
                ElementKernel.Divide(pixel, gain, pixel);
                ElementKernel.Add(target, pixel, target);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _spatialBack.Dispose();
        _fuseBack.Dispose();
        _spatial.Dispose();
        _fuse.Dispose();
    }

    private static bool IsOdd(int row, int column) => ((row + column) & 1) == 1;

    private Span<float> Pixel(RowRing ring, int y, int x, int offset) => new(ring.Row(y) + ((nint)x * ring.PixelStride) + offset, _channels);
}
