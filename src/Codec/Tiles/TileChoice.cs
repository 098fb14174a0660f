using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Refinement;

namespace VaeCodec.Tiles;

/// <summary>
/// Chooses for each tile between the networks and its samples, by bits and error together. Only tiles many of whose pixels repeat a neighbour are tried as samples: others
/// take several times the bits.
/// </summary>
internal sealed class TileChoice : IParallelWork, IDisposable
{
    private const int FewTrials = 3;
    private const int FullPriceFrom = 10;
    private const float LeastFactor = 0.4f;

    /// <summary>
    /// How many times its worth an error is priced where pixels are replaced one by one: a replaced pixel also spoils what would have been repeated later. Which factor costs least differs from
    /// page to page: mostly 16, 4 for thin lines, 64 for smooth shades. The first three are tried always.
    /// </summary>
    private static readonly float[] s_factors = [16, 64, 4, 256, 32, 8];

    private readonly VaeModel _model;
    private readonly PictureDescription _picture;
    private readonly WorkerTeam _team;
    private readonly bool _fits;
    private readonly Lazy<SynthesisTransform> _synthesis;
    private readonly LosslessWorkerPool _workers;
    private readonly SampleCoding _coding;
    private readonly int _quality;
    private readonly Lazy<float> _price;
    private readonly int _trials;
    private readonly List<(int Column, double Cost)> _tried = [];
    private readonly Dictionary<int, bool[]> _hidden = [];
    private (CodedTile Tile, double Cost)[] _samples = [];
    private PixelRows? _original;
    private PixelRows? _alpha;
    private byte[] _pixels = [];
    private int _row;

    /// <summary>Makes a choice for tiles of a picture. The decoder's network is prepared once a tile is worth trying, and not before.</summary>
    /// <param name="model">The model.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="picture">The picture, whose colour is coded here.</param>
    /// <param name="options">Quality, side of a tile and effort: from 3 on more ways of replacing pixels are tried.</param>
    /// <param name="plan">Whether memory is there for a choice, and how many tiles may be coded as samples at a time.</param>
    /// <param name="stop">Ends trials that are no longer wanted.</param>
    public TileChoice(VaeModel model, WorkerTeam team, PictureDescription picture, VaeEncoderOptions options, WorkPlan plan, WorkStop stop)
    {
        _model = model;
        _team = team;
        _picture = picture.WithoutAlpha();
        _coding = new SampleCoding(_picture, options.TileSize, true) { Stop = stop };
        _quality = options.Quality;
        _fits = plan.HasRoomForSamples;
        _synthesis = new(() => new SynthesisTransform(model.Cpu, team));
        _workers = new LosslessWorkerPool(_coding, plan.SampleWorkers);
        _trials = options.Effort > 2 ? s_factors.Length : FewTrials;
        _price = new(() => LowQualityFactor(options.Quality) * ErrorPrice.Of(model.Networks, options.Quality, _picture.Layout.Channels()) / (float)options.BitPrice);
    }

    /// <summary>Bytes that the choice takes.</summary>
    public static long Bytes(VaeModel model, PictureDescription picture, int tileSize, int threads, int workers)
    {
        PictureDescription colour = picture.WithoutAlpha();
        int width = Math.Min(tileSize, picture.Width), height = Math.Min(tileSize, picture.Height);
        long hidden = picture.Layout.HasAlpha() ? (long)picture.Width * height : 0;
        return SynthesisTransform.Bytes(model.Cpu, width, height, threads) + ((long)colour.Layout.BytesPerPixel() * width * height) + LosslessWorkerPool.Bytes(colour, tileSize, workers) + hidden;
    }

    /// <summary>Starts a row of tiles.</summary>
    /// <param name="row">Which.</param>
    /// <param name="original">Its pixels.</param>
    /// <param name="alpha">Their alpha; null where there is none.</param>
    public void Begin(int row, PixelRows original, PixelRows? alpha)
    {
        (_row, _original, _alpha) = (row, original, alpha);
        _tried.Clear();
        _hidden.Clear();
    }

    /// <summary>Whether a tile is worth trying as samples, and memory is there for it.</summary>
    /// <param name="column">Its column.</param>
    public bool IsCandidate(int column)
    {
        if (!_fits)
        {
            return false;
        }

        (int first, int width, int top, int height) = Pixels(column);
        int pixelBytes = _picture.Layout.BytesPerPixel();
        Repetition repetition = new();
        FindHidden(column);
        for (int y = Math.Min(1, height - 1); y < height; y += Repetition.RowStep)
        {
            // The only row of a tile has none above it.
            ReadOnlySpan<byte> above = y == 0 ? default : _original![top + y - 1].Slice(first, width * pixelBytes);
            repetition.Add(_original![top + y].Slice(first, width * pixelBytes), above, pixelBytes, Hidden(column, y, width));
        }

        return repetition.IsPage;
    }

    /// <summary>Takes note of what the networks make of a tile.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="area">Where it lies among the latents.</param>
    /// <param name="decoded">y_hat.</param>
    /// <param name="coded">The tile.</param>
    public void Try(int column, TileArea area, ReadOnlySpan<float> decoded, CodedTile coded)
        => _tried.Add((column, (8.0 * coded.Bytes.Length) + (_price.Value * NetworkError(column, area, decoded))));

    /// <summary>Codes the tiles that were noted as samples, and puts those in place of the networks' that cost less.</summary>
    /// <param name="tiles">In: the tiles of the row as the networks code them; out: as they are coded best.</param>
    public void Choose(CodedTile[] tiles)
    {
        _samples = new (CodedTile, double)[_tried.Count];
        _team.Run(_tried.Count, this);
        for (int i = 0; i < _samples.Length; i++)
        {
            if (_samples[i].Cost < _tried[i].Cost)
            {
                tiles[_tried[i].Column] = _samples[i].Tile;
            }
        }
    }

    /// <inheritdoc/>
    void IParallelWork.Execute(int item) => _workers.Use(worker =>
    {
        // Of a model whose errors cost beyond all numbers nothing is better than the networks' tile.
        _samples[item] = (default, double.PositiveInfinity);
        for (int trial = 0; trial < _trials; trial++)
        {
            (CodedTile tile, double error) = worker.EncodeNear(_original!, _tried[item].Column, _row, _price.Value * s_factors[trial], _hidden.GetValueOrDefault(_tried[item].Column));
            double cost = (8.0 * tile.Bytes.Length) + (_price.Value * error);
            if (cost < _samples[item].Cost)
            {
                _samples[item] = (tile, cost);
            }
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _workers.Dispose();
        if (_synthesis.IsValueCreated)
        {
            _synthesis.Value.Dispose();
        }
    }

    /// <summary>What errors count for less at the lowest qualities: at quality 1 the price that the models have still asks for 33 to 37 dB of some pages, where WebP and JPEG go lower.</summary>
    private static float LowQualityFactor(int quality) => quality < FullPriceFrom ? LeastFactor + ((1 - LeastFactor) * (quality - 1) / (FullPriceFrom - 1)) : 1;

    /// <summary>Notes which pixels of a tile are transparent, if any are.</summary>
    private void FindHidden(int column)
    {
        (int first, int width, int top, int height) = Pixels(column);
        int sampleBytes = _picture.Layout.BytesPerSample(), left = first / _picture.Layout.BytesPerPixel();
        bool[]? hidden = null;
        for (int y = 0; _alpha is not null && y < height; y++)
        {
            ReadOnlySpan<byte> alpha = _alpha[top + y].Slice(left * sampleBytes, width * sampleBytes);
            for (int x = 0; x < width; x++)
            {
                if (!alpha.Slice(x * sampleBytes, sampleBytes).ContainsAnyExcept((byte)0))
                {
                    hidden ??= new bool[width * height];
                    hidden[(y * width) + x] = true;
                }
            }
        }

        if (hidden is not null)
        {
            _hidden[column] = hidden;
        }
    }

    /// <summary>Which pixels of a row of a tile are transparent; empty where none of the tile is.</summary>
    private ReadOnlySpan<bool> Hidden(int column, int y, int width)
        => _hidden.TryGetValue(column, out bool[]? hidden) ? hidden.AsSpan(y * width, width) : [];

    /// <summary>Where a tile's samples begin in a row and how many pixels wide it is; its first row of pixels and how many there are.</summary>
    private (int First, int Width, int Top, int Height) Pixels(int column)
    {
        (int first, int width) = _coding.Columns(column);
        return (first, width, _row * _coding.TileSize, _coding.Height(_row));
    }

    /// <summary>The sum of the squared errors of what the networks make of a tile that stands alone.</summary>
    private double NetworkError(int column, TileArea area, ReadOnlySpan<float> decoded)
    {
        (int first, int width, int top, int height) = Pixels(column);
        int rowBytes = width * _picture.Layout.BytesPerPixel(), rowLatents = area.Width * _model.Networks.Description.LatentChannels;
        ReadOnlySpan<float> inverseGain = _model.Networks.InverseGain(_quality);
        if (_pixels.Length < rowBytes * height)
        {
            _pixels = new byte[rowBytes * height];
        }

        SynthesisTransform synthesis = _synthesis.Value;
        synthesis.Begin(width, height, _picture.Layout.Channels(), _picture.BitDepth, Math.Min(_coding.TileSize, _picture.Width));
        long error = 0;
        for (int read = 0, pushed = 0; read < height;)
        {
            for (; synthesis.LatentRowsWanted > 0; pushed++)
            {
                synthesis.Push(decoded.Slice(pushed * rowLatents, rowLatents), inverseGain);
            }

            synthesis.Advance();
            int ready = synthesis.RowsReady;
            Span<byte> rows = _pixels.AsSpan(0, ready * rowBytes);
            synthesis.ReadRows(rows);
            for (int y = 0; y < ready; y++, read++)
            {
                error += SampleError.Squared(_original![top + read].Slice(first, rowBytes), rows.Slice(y * rowBytes, rowBytes), _picture.Layout, Hidden(column, read, width));
            }
        }

        return error / ((double)_picture.MaxSample * _picture.MaxSample);
    }
}
