using System.Runtime.CompilerServices;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;

namespace VaeCodec.Models.Cpu;

/// <summary>
/// y = L(x) + g_a(x), row by row: rows of pixels in, rows of latents out. The picture is padded at the right and the
/// bottom by repeating its edge to a multiple of 64; outside the padded picture every layer sees zero.
/// </summary>
internal sealed unsafe class AnalysisTransform : IParallelWork, IDisposable
{
    private readonly CpuModel _model;
    private readonly WorkerTeam _team;
    private readonly NetworkExecutor _linear;
    private readonly NetworkExecutor _branch;
    private readonly int _unshuffle;
    private byte[] _lastRow = [];
    private int _width;
    private int _height;
    private int _paddedWidth;
    private int _paddedHeight;
    private int _channels;
    private int _bits;
    private int _rowBytes;
    private int _pushed;
    private int _taken;
    private byte* _source;

    /// <summary>Makes a transform.</summary>
    /// <param name="model">The model.</param>
    /// <param name="team">The threads to use.</param>
    public AnalysisTransform(CpuModel model, WorkerTeam team)
    {
        _model = model;
        _team = team;
        _linear = new NetworkExecutor(model.AnalysisLinear, team, Slack(model));
        _branch = new NetworkExecutor(model.Analysis, team);
        _unshuffle = model.Analysis.InputUnshuffle;
    }

    /// <summary>Latents in a row.</summary>
    public int LatentWidth => _paddedWidth / ModelDescription.LatentStride;

    /// <summary>Rows of pixels that can be pushed now; 0 once all have been.</summary>
    public int RowsWanted => Math.Max(0, Math.Min(_height - _pushed, Room));

    /// <summary>Rows of latents that can be read now.</summary>
    public int LatentRowsReady => Math.Min(_linear.Ready, _branch.Ready);

    private int Room => Math.Min(_linear.Input.Free, (_branch.Input.Free * _unshuffle) - (_pushed % _unshuffle));

    /// <summary>Bytes the transform takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="threads">Threads it uses.</param>
    public static long Bytes(CpuModel model, int width, int height, int threads)
    {
        (width, height) = (ModelDescription.PadSide(width), ModelDescription.PadSide(height));
        int batches = RowBatches.Count(width, height);
        return NetworkExecutor.Bytes(model.AnalysisLinear, width, height, batches, threads, Slack(model))
            + NetworkExecutor.Bytes(model.Analysis, width / model.Analysis.InputUnshuffle, height / model.Analysis.InputUnshuffle, batches, threads);
    }

    /// <summary>Starts a picture.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples of a pixel: 3, or 1 for grey, which enters as three equal channels.</param>
    /// <param name="bits">Bits of a sample: 8, or 9 to 16 for samples of two bytes, least significant byte first.</param>
    public void Begin(int width, int height, int channels, int bits = 8)
    {
        (_width, _height, _channels, _bits) = (width, height, channels, bits);
        _rowBytes = checked(width * channels * (bits > 8 ? 2 : 1));
        (_paddedWidth, _paddedHeight) = (ModelDescription.PadSide(width), ModelDescription.PadSide(height));
        (_pushed, _taken) = (0, 0);
        _lastRow = new byte[_rowBytes];
        int batches = RowBatches.Count(_paddedWidth, _paddedHeight);
        _linear.Reset(_paddedWidth, _paddedHeight, batches);
        _branch.Reset(_paddedWidth / _unshuffle, _paddedHeight / _unshuffle, batches);
    }

    /// <summary>Takes the next rows of pixels.</summary>
    /// <param name="rows">Samples, interleaved, row after row without gaps.</param>
    /// <exception cref="InvalidOperationException">There is no room for so many, see <see cref="RowsWanted"/>.</exception>
    public void PushRows(ReadOnlySpan<byte> rows)
    {
        int count = rows.Length / _rowBytes;
        if (count > RowsWanted)
        {
            throw new InvalidOperationException("The transform has no room for so many rows; advance it and read its latents first.");
        }

        fixed (byte* source = rows)
        {
            _source = source;
            _team.Run(count, this);
        }

        Commit(count);
        if (count > 0 && _pushed == _height)
        {
            rows[^_rowBytes..].CopyTo(_lastRow);
        }
    }

    /// <summary>Stores one of the rows that are being pushed.</summary>
    /// <param name="item">Its number among them.</param>
    void IParallelWork.Execute(int item) => Store(new ReadOnlySpan<byte>(_source + ((nint)item * _rowBytes), _rowBytes), _pushed + item);

    /// <summary>Computes all that the rows so far allow.</summary>
    public void Advance()
    {
        bool padded;
        do
        {
            _linear.Run();
            _branch.Run();
            padded = false;
            while (_pushed >= _height && _pushed < _paddedHeight && Room > 0)
            {
                Store(_lastRow, _pushed);
                Commit(1);
                padded = true;
            }
        }
        while (padded);
    }

    /// <summary>Reads the next row of latents.</summary>
    /// <param name="latents">Out: column, channel.</param>
    public void ReadLatentRow(Span<float> latents)
    {
        if (LatentRowsReady <= 0)
        {
            throw new InvalidOperationException("No row of latents is ready.");
        }

        int channels = _model.Model.Description.LatentChannels;
        float* linear = _linear.OutputRow(_taken), branch = _branch.OutputRow(_taken);
        for (int x = 0; x < LatentWidth; x++)
        {
            ElementKernel.Add(new ReadOnlySpan<float>(linear, channels), new ReadOnlySpan<float>(branch, channels), latents.Slice(x * channels, channels));
            linear += _linear.Output.PixelStride;
            branch += _branch.Output.PixelStride;
        }

        _taken++;
        _linear.Take(_taken);
        _branch.Take(_taken);
    }

    /// <summary>Analyses a picture that is in memory, from its first row to its last.</summary>
    /// <param name="pixels">Samples of 8 bits, interleaved, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">Samples of a pixel, as <see cref="Begin"/> takes them.</param>
    /// <param name="latents">Out: row, column, channel; rows of <see cref="LatentWidth"/> latents.</param>
    public void Analyse(ReadOnlySpan<byte> pixels, int width, int height, int channels, Span<float> latents)
    {
        Begin(width, height, channels);
        int rowBytes = width * channels, rowLatents = LatentWidth * _model.Model.Description.LatentChannels;
        while (!latents.IsEmpty)
        {
            int bytes = RowsWanted * rowBytes;
            PushRows(pixels[..bytes]);
            pixels = pixels[bytes..];
            Advance();
            for (; LatentRowsReady > 0; latents = latents[rowLatents..])
            {
                ReadLatentRow(latents[..rowLatents]);
            }
        }
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        _linear.Dispose();
        _branch.Dispose();
    }

    /// <summary>Rows of latents that the linear path is ahead of the branch, which must see its surroundings first.</summary>
    private static int Slack(CpuModel model) => model.Analysis.LookAhead(model.Analysis.Output);

    /// <summary>Lets the networks see rows that were stored.</summary>
    private void Commit(int rows)
    {
        int before = _pushed / _unshuffle;
        _pushed += rows;
        _linear.Input.Commit(rows);
        _branch.Input.Commit((_pushed / _unshuffle) - before);
    }

    private void Store(ReadOnlySpan<byte> row, int y)
    {
        float* linear = _linear.Input.Row(y);
        Span<float> values = new(linear, 3 * _width);
        int most = (1 << _bits) - 1;
        switch (_channels, _bits > 8)
        {
            case (1, false):
                SampleConversion.FromGrey(row, values);
                break;
            case (1, true):
                SampleConversion.FromWideGrey(row, most, values);
                break;
            case (_, false):
                SampleConversion.FromBytes(row, values);
                break;
            default:
                SampleConversion.FromWide(row, most, values);
                break;
        }

        for (int i = 3 * _width; i < 3 * _paddedWidth; i++)
        {
            linear[i] = linear[i - 3];
        }

        Unshuffle(linear, _branch.Input.Row(y / _unshuffle) + (y % _unshuffle * _unshuffle));
    }

    /// <summary>Spreads a row of pixels over the branch's input, where a channel's sub-pixels lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unshuffle(float* pixels, float* target)
    {
        int area = _unshuffle * _unshuffle;
        for (int x = 0; x < _paddedWidth; x += _unshuffle, target += _branch.Input.PixelStride)
        {
            for (int sub = 0; sub < _unshuffle; sub++, pixels += 3)
            {
                target[sub] = pixels[0];
                target[area + sub] = pixels[1];
                target[(2 * area) + sub] = pixels[2];
            }
        }
    }
}
