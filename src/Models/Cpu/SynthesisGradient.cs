using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu;

/// <summary>
/// x_hat = Lt(y) + g_s(y) over a small area at once, and the gradient of whatever depends on x_hat with respect to y, by reverse-mode
/// differentiation. For encoders that search for better latents.
/// </summary>
/// <remarks>Latents lie in memory as row, column, channel; pixels as row, column, and three channels in the networks' range, 0 at mid-grey. Outside the area the networks see zero.</remarks>
internal sealed unsafe class SynthesisGradient : IParallelWork, IDisposable
{
    private readonly WorkerTeam _team;
    private readonly int _channels;
    private readonly int _shuffle;
    private readonly NetworkExecutor _linear;
    private readonly NetworkExecutor _branch;
    private readonly AdjointExecutor _linearBack;
    private readonly AdjointExecutor _branchBack;
    private int _width;
    private int _height;
    private float* _pixels;
    private bool _scatters;

    /// <summary>Makes an instance for one area at a time.</summary>
    /// <param name="model">The model.</param>
    /// <param name="team">The threads to use.</param>
    public SynthesisGradient(CpuModel model, WorkerTeam team)
    {
        _team = team;
        _channels = model.Model.Description.LatentChannels;
        AdjointNetwork linear = model.SynthesisLinearAdjoint, branch = model.SynthesisAdjoint;
        _shuffle = branch.Network.OutputShuffle;
        _linear = new NetworkExecutor(linear.Network, team);
        _branch = new NetworkExecutor(branch.Network, team);
        _linearBack = new AdjointExecutor(linear, _linear, team);
        _branchBack = new AdjointExecutor(branch, _branch, team);
    }

    /// <summary>Bytes that one instance takes for areas of a size.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Latents in a row.</param>
    /// <param name="height">Rows of latents.</param>
    /// <param name="threads">Threads it uses.</param>
    public static long Bytes(CpuModel model, int width, int height, int threads)
        => AdjointExecutor.Bytes(model.SynthesisLinearAdjoint, width, height, threads) + AdjointExecutor.Bytes(model.SynthesisAdjoint, width, height, threads);

    /// <summary>Starts an area.</summary>
    /// <param name="width">Latents in a row; a multiple of 4.</param>
    /// <param name="height">Rows of latents; a multiple of 4.</param>
    public void Begin(int width, int height)
    {
        (_width, _height) = (width, height);
        _linear.Reset(width, height, 1);
        _branch.Reset(width, height, 1);
        _linearBack.Reset(width, height);
        _branchBack.Reset(width, height);
    }

    /// <summary>Synthesises the area.</summary>
    /// <param name="latents">y_hat without its gain.</param>
    /// <param name="pixels">Out: the pixels.</param>
    public void Synthesise(ReadOnlySpan<float> latents, Span<float> pixels)
    {
        _linear.Rewind();
        _branch.Rewind();
        for (int y = 0; y < _height; y++)
        {
            float* linear = _linear.Input.Row(y), branch = _branch.Input.Row(y);
            for (int x = 0; x < _width; x++, latents = latents[_channels..])
            {
                latents[.._channels].CopyTo(new Span<float>(linear + ((nint)x * _linear.Input.PixelStride), _channels));
                latents[.._channels].CopyTo(new Span<float>(branch + ((nint)x * _branch.Input.PixelStride), _channels));
            }
        }

        _linear.Input.Commit(_height);
        _branch.Input.Commit(_height);
        _linear.Run();
        _branch.Run();
        MovePixels(pixels, false);
    }

    /// <summary>Carries a gradient in the pixels that were synthesised last back to their latents.</summary>
    /// <param name="pixels">The derivative with respect to each sample.</param>
    /// <param name="latents">Out: the derivative with respect to each latent.</param>
    public void PullBack(Span<float> pixels, Span<float> latents)
    {
        MovePixels(pixels, true);
        _linearBack.Run();
        _branchBack.Run();
        for (int y = 0; y < _height; y++)
        {
            float* linear = _linearBack.Input.Row(y), branch = _branchBack.Input.Row(y);
            for (int x = 0; x < _width; x++, latents = latents[_channels..])
            {
                ElementKernel.Add(
                    new ReadOnlySpan<float>(linear + ((nint)x * _linearBack.Input.PixelStride), _channels),
                    new ReadOnlySpan<float>(branch + ((nint)x * _branchBack.Input.PixelStride), _channels),
                    latents[.._channels]);
            }
        }
    }

    /// <summary>Moves one row of latents' worth of pixels between picture order and the networks' sub-pixels.</summary>
    /// <param name="item">The row of latents.</param>
    void IParallelWork.Execute(int item)
    {
        const int side = ModelDescription.LatentStride;
        RowRing linear = _scatters ? _linearBack.Output : _linear.Output, branch = _scatters ? _branchBack.Output : _branch.Output;
        int run = 3 * _shuffle;
        for (int y = item * side; y < (item + 1) * side; y++)
        {
            Span<float> row = new(_pixels + ((nint)y * _width * side * 3), _width * side * 3);
            float* patch = linear.Row(item) + (y % side * side * 3);
            float* group = branch.Row(y / _shuffle) + (y % _shuffle * run);
            for (int x = 0; x < _width; x++, patch += linear.PixelStride)
            {
                for (int done = 0; done < 3 * side; done += run, group += branch.PixelStride, row = row[run..])
                {
                    Span<float> first = new(patch + done, run), second = new(group, run);
                    if (_scatters)
                    {
                        row[..run].CopyTo(first);
                        row[..run].CopyTo(second);
                    }
                    else
                    {
                        ElementKernel.Add(first, second, row[..run]);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _linearBack.Dispose();
        _branchBack.Dispose();
        _linear.Dispose();
        _branch.Dispose();
    }

    private void MovePixels(Span<float> pixels, bool scatters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, checked(_width * _height * ModelDescription.LatentStride * ModelDescription.LatentStride * 3), nameof(pixels));
        _scatters = scatters;
        fixed (float* memory = pixels)
        {
            _pixels = memory;
            _team.Run(_height, this);
        }
    }
}
