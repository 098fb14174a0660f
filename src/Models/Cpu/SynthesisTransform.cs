using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu;

/// <summary>
/// x_hat = Lt(y) + g_s(y), row by row: rows of latents in, rows of pixels out. Outside the padded picture every layer
/// sees zero, so the latents' own tiles and bands leave no seams.
/// </summary>
internal sealed unsafe class SynthesisTransform : ISynthesis, IParallelWork
{
    private readonly CpuModel _model;
    private readonly WorkerTeam _team;
    private readonly NetworkExecutor _linear;
    private readonly NetworkExecutor _branch;
    private readonly int _shuffle;
    private int _width;
    private int _height;
    private int _channels;
    private int _bits;
    private int _pixelBytes;
    private int _latentWidth;
    private int _latentHeight;
    private int _pushed;
    private int _read;
    private byte* _target;

    /// <summary>Makes a transform.</summary>
    /// <param name="model">The model.</param>
    /// <param name="team">The threads to use.</param>
    public SynthesisTransform(CpuModel model, WorkerTeam team)
    {
        _model = model;
        _team = team;
        _linear = new NetworkExecutor(model.SynthesisLinear, team, Slack(model));
        _branch = new NetworkExecutor(model.Synthesis, team);
        _shuffle = model.Synthesis.OutputShuffle;
    }

    /// <inheritdoc/>
    public int LatentRowsWanted => Math.Min(_latentHeight - _pushed, Math.Min(_linear.Input.Free, _branch.Input.Free));

    /// <inheritdoc/>
    public int RowsReady
    {
        get
        {
            int computed = Math.Min(_linear.Output.Produced * ModelDescription.LatentStride, _branch.Output.Produced * _shuffle);
            return Math.Min(computed, _height) - _read;
        }
    }

    /// <summary>Bytes the transform takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="threads">Threads it uses.</param>
    public static long Bytes(CpuModel model, int width, int height, int threads)
    {
        (width, height) = (ModelDescription.PadSide(width), ModelDescription.PadSide(height));
        int batches = RowBatches.Count(width, height);
        (width, height) = (width / ModelDescription.LatentStride, height / ModelDescription.LatentStride);
        return NetworkExecutor.Bytes(model.SynthesisLinearShape, width, height, batches, threads, Slack(model)) + NetworkExecutor.Bytes(model.SynthesisShape, width, height, batches, threads);
    }

    /// <summary>Rows of pixels that are ready at a time at most.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    public static int BandRows(CpuModel model, int width, int height)
    {
        (width, height) = (ModelDescription.PadSide(width), ModelDescription.PadSide(height));
        return NetworkExecutor.OutputRows(model.SynthesisShape, height / ModelDescription.LatentStride, RowBatches.Count(width, height)) * model.SynthesisShape.OutputShuffle;
    }

    /// <summary>Rows of pixels that are held back at most until the latents below them have come.</summary>
    /// <param name="model">The model.</param>
    public static int Lag(CpuModel model) => Slack(model) * ModelDescription.LatentStride;

    /// <inheritdoc/>
    public void Begin(int width, int height, int channels, int bits = 8, int plannedWidth = 0)
    {
        (_width, _height, _channels, _bits) = (width, height, channels, bits);
        _pixelBytes = channels * (bits > 8 ? 2 : 1);
        (int paddedWidth, int paddedHeight) = (ModelDescription.PadSide(width), ModelDescription.PadSide(height));
        (_latentWidth, _latentHeight) = (paddedWidth / ModelDescription.LatentStride, paddedHeight / ModelDescription.LatentStride);
        (_pushed, _read) = (0, 0);
        int batches = RowBatches.Count(Math.Max(paddedWidth, ModelDescription.PadSide(plannedWidth)), paddedHeight);
        _linear.Reset(_latentWidth, _latentHeight, batches);
        _branch.Reset(_latentWidth, _latentHeight, batches);
    }

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<float> latents, ReadOnlySpan<float> inverseGain)
    {
        if (LatentRowsWanted <= 0)
        {
            throw new InvalidOperationException("The transform has no room for another row; advance it and read its pixels first.");
        }

        int channels = _model.Model.Description.LatentChannels;
        float* linear = _linear.Input.Row(_pushed), branch = _branch.Input.Row(_pushed);
        for (int x = 0; x < _latentWidth; x++)
        {
            Span<float> target = new(linear, channels);
            ElementKernel.Multiply(latents.Slice(x * channels, channels), inverseGain, target);
            target.CopyTo(new Span<float>(branch, channels));
            linear += _linear.Input.PixelStride;
            branch += _branch.Input.PixelStride;
        }

        _pushed++;
        _linear.Input.Commit(1);
        _branch.Input.Commit(1);
    }

    /// <inheritdoc/>
    public void Advance()
    {
        _linear.Run();
        _branch.Run();
    }

    /// <inheritdoc/>
    public void ReadRows(Span<byte> rows)
    {
        int count = rows.Length / (_width * _pixelBytes);
        if (count > RowsReady)
        {
            throw new InvalidOperationException("So many rows of pixels are not ready.");
        }

        fixed (byte* target = rows)
        {
            _target = target;
            _team.Run(count, this);
        }

        _read += count;
        _linear.Take(_read / ModelDescription.LatentStride);
        _branch.Take(_read / _shuffle);
    }

    /// <summary>Writes one of the rows that are being read.</summary>
    /// <param name="item">Its number among them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IParallelWork.Execute(int item)
    {
        const int side = ModelDescription.LatentStride, length = 3 * side;
        int y = _read + item, run = 3 * _shuffle;
        float* linear = _linear.OutputRow(y / side) + (y % side * length);
        float* branch = _branch.OutputRow(y / _shuffle) + (y % _shuffle * run);
        int linearStride = _linear.Output.PixelStride, branchStride = _branch.Output.PixelStride;
        Span<byte> row = new(_target + ((nint)item * _width * _pixelBytes), _width * _pixelBytes);
        float* pixels = stackalloc float[length];
        for (int x = 0; x < _width; x += side, linear += linearStride)
        {
            for (int done = 0; done < length; done += run, branch += branchStride)
            {
                Add(linear + done, branch, pixels + done, run);
            }

            int count = Math.Min(side, _width - x);
            SampleConversion.ToSamples(new ReadOnlySpan<float>(pixels, 3 * count), _channels, _bits, row.Slice(x * _pixelBytes, count * _pixelBytes));
        }
    }

    /// <summary>Synthesises a picture whose latents are in memory, from its first row to its last.</summary>
    /// <param name="latents">y_hat: row, column, channel, for the picture padded to a multiple of 64.</param>
    /// <param name="inverseGain">What each channel is multiplied with.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples of a pixel, as <see cref="Begin"/> takes them.</param>
    /// <param name="bits">Bits of a sample, likewise.</param>
    /// <param name="pixels">Out: all rows, as <see cref="ReadRows"/> gives them.</param>
    public void Synthesise(ReadOnlySpan<float> latents, ReadOnlySpan<float> inverseGain, int width, int height, int channels, int bits, Span<byte> pixels)
    {
        Begin(width, height, channels, bits);
        int rowLatents = ModelDescription.PadSide(width) / ModelDescription.LatentStride * inverseGain.Length;
        while (!pixels.IsEmpty)
        {
            for (; LatentRowsWanted > 0; latents = latents[rowLatents..])
            {
                Push(latents[..rowLatents], inverseGain);
            }

            Advance();
            int bytes = RowsReady * _width * _pixelBytes;
            ReadRows(pixels[..bytes]);
            pixels = pixels[bytes..];
        }
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        _linear.Dispose();
        _branch.Dispose();
    }

    /// <summary>Rows of latents that the linear path is ahead of the branch, which must see its surroundings first.</summary>
    private static int Slack(CpuModel model) => model.SynthesisShape.LookAhead(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* left, float* right, float* sums, int count)
    {
        int done = 0;
        for (; done <= count - Vector128<float>.Count; done += Vector128<float>.Count)
        {
            (Vector128.Load(left + done) + Vector128.Load(right + done)).Store(sums + done);
        }

        for (; done < count; done++)
        {
            sums[done] = left[done] + right[done];
        }
    }
}
