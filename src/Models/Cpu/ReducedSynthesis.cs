using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu;

/// <summary>
/// The picture at a half, a quarter, an eighth or a sixteenth of its sides, from the latents through the linear path alone: each pixel is the mean of those that Lt would
/// paint in its place, so that Lt is run with the means of its weights and g_s is not run at all.
/// </summary>
/// <remarks>
/// g_s mends what the linear path leaves of noise and blur, which a mean hardly sees: six Kodak pictures at a sixteenth are 49 to 59 dB from the means of the whole picture.
/// Needs no surroundings: a latent paints its own pixels.
/// </remarks>
internal sealed unsafe class ReducedSynthesis : ISynthesis
{
    private readonly NetworkExecutor _linear;
    private readonly int _scale;
    private readonly int _side;
    private readonly int _latentChannels;
    private int _width;
    private int _height;
    private int _channels;
    private int _bits;
    private int _latentWidth;
    private int _latentHeight;
    private int _pushed;
    private int _read;

    /// <summary>Makes a transform.</summary>
    /// <param name="model">The model.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="scale">How many times smaller the sides are: 2, 4, 8 or 16.</param>
    public ReducedSynthesis(CpuModel model, WorkerTeam team, int scale)
    {
        _linear = new NetworkExecutor(model.SynthesisReduced(scale), team);
        _scale = scale;
        _side = ModelDescription.LatentStride / scale;
        _latentChannels = model.Model.Description.LatentChannels;
    }

    /// <inheritdoc/>
    public int LatentRowsWanted => Math.Min(_latentHeight - _pushed, _linear.Input.Free);

    /// <inheritdoc/>
    public int RowsReady => Math.Min(_linear.Output.Produced * _side, _height) - _read;

    /// <summary>Bytes the transform takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Pixels in a row of the picture at its full size.</param>
    /// <param name="height">Rows of the picture at its full size.</param>
    /// <param name="scale">How many times smaller the sides are.</param>
    /// <param name="threads">Threads it uses.</param>
    public static long Bytes(CpuModel model, int width, int height, int scale, int threads)
    {
        (width, height) = (ModelDescription.PadSide(width), ModelDescription.PadSide(height));
        int batches = RowBatches.Count(width, height);
        return NetworkExecutor.Bytes(model.SynthesisReduced(scale), width / ModelDescription.LatentStride, height / ModelDescription.LatentStride, batches, threads);
    }

    /// <inheritdoc/>
    public void Begin(int width, int height, int channels, int bits = 8, int plannedWidth = 0)
    {
        (_width, _height, _channels, _bits) = ((width + _scale - 1) / _scale, (height + _scale - 1) / _scale, channels, bits);
        (int paddedWidth, int paddedHeight) = (ModelDescription.PadSide(width), ModelDescription.PadSide(height));
        (_latentWidth, _latentHeight) = (paddedWidth / ModelDescription.LatentStride, paddedHeight / ModelDescription.LatentStride);
        (_pushed, _read) = (0, 0);
        _linear.Reset(_latentWidth, _latentHeight, RowBatches.Count(Math.Max(paddedWidth, ModelDescription.PadSide(plannedWidth)), paddedHeight));
    }

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<float> latents, ReadOnlySpan<float> inverseGain)
    {
        if (LatentRowsWanted <= 0)
        {
            throw new InvalidOperationException("The transform has no room for another row; advance it and read its pixels first.");
        }

        float* target = _linear.Input.Row(_pushed);
        for (int x = 0; x < _latentWidth; x++, target += _linear.Input.PixelStride)
        {
            ElementKernel.Multiply(latents.Slice(x * _latentChannels, _latentChannels), inverseGain, new Span<float>(target, _latentChannels));
        }

        _pushed++;
        _linear.Input.Commit(1);
    }

    /// <inheritdoc/>
    public void Advance() => _linear.Run();

    /// <inheritdoc/>
    public void ReadRows(Span<byte> rows)
    {
        int pixelBytes = _channels * (_bits > 8 ? 2 : 1), rowBytes = _width * pixelBytes, count = rows.Length / rowBytes;
        if (count > RowsReady)
        {
            throw new InvalidOperationException("So many rows of pixels are not ready.");
        }

        for (; count > 0; count--, _read++, rows = rows[rowBytes..])
        {
            float* source = _linear.OutputRow(_read / _side) + (_read % _side * 3 * _side);
            for (int x = 0; x < _width; x += _side, source += _linear.Output.PixelStride)
            {
                int pixels = Math.Min(_side, _width - x);
                SampleConversion.ToSamples(new ReadOnlySpan<float>(source, 3 * pixels), _channels, _bits, rows.Slice(x * pixelBytes, pixels * pixelBytes));
            }
        }

        _linear.Take(_read / _side);
    }

    /// <inheritdoc/>
    public void Dispose() => _linear.Dispose();
}
