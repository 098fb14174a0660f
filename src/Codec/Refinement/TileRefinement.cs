using System.Buffers;
using VaeCodec.Format;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Cpu.Kernels;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec.Refinement;

/// <summary>
/// Searches for better symbols of a tile: in rounds, each of which carries the error of the reconstruction back to every latent and moves those symbols by
/// one for which the change of error and bits together is a gain.
/// </summary>
/// <remarks>
/// <para>
/// The gradient (of synthesis and context pass) makes the first-order change of the error exact; the second order is its diagonal, a channel's mean times a position's,
/// both from one random probe (Hutchinson, "A stochastic estimator of the trace of the influence matrix", 1989). Symbols moved in one round do not see each other, so a
/// random share of them is looked at, which shrinks when a round makes things worse and then starts again from the best. So the outcome never costs more than what it
/// started from. The idea of searching at encoding time is that of Yang, Bamler, Mandt, "Improving Inference for Neural Image Compression", NeurIPS 2020; they anneal
/// a relaxation; what was tried of that kind on this model's weighed symbols only cost bits (docs/experiments.md).
/// </para>
/// <para>Hyper-latents stay as they are. Latents around the tile count as unquantised; what the tile's do to the pixels around it counts.</para>
/// </remarks>
internal sealed class TileRefinement : IDisposable
{
    /// <summary>Latents around a tile that are looked at, too: most of what a latent does lies within 64 pixels.</summary>
    public const int Halo = 4;

    private const int Side = ModelDescription.LatentStride;

    /// <summary>Bits that a move must gain, and how much the second order is raised: both against moves that get in each other's way.</summary>
    private const float Margin = 1, Caution = 1.2f;

    private const float FirstShare = 0.2f, LargestShare = 0.4f, SmallestShare = 0.005f, ShareGrowth = 1.1f;

    private readonly VaeModel _model;
    private readonly SynthesisGradient _synthesis;
    private readonly ContextGradient _context;
    private readonly PictureDescription _picture;
    private readonly AreaError _error;
    private readonly int _quality;
    private readonly int _rounds;
    private readonly float[] _gain;
    private readonly float[] _inverseGain;
    private readonly float[] _channelCurvature;
    private readonly float _price;
    private float[] _positionCurvature = [];
    private float[] _latents = [];
    private float[] _areaGradient = [];
    private float[] _gradient = [];
    private float[] _pixels = [];
    private short[] _best = [];
    private TileArea _area;

    /// <summary>Makes the buffers ready.</summary>
    /// <param name="model">The model.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="rounds">Rounds for each tile.</param>
    /// <param name="bitPrice">How many times its usual price a bit has.</param>
    public TileRefinement(VaeModel model, WorkerTeam team, PictureDescription picture, int quality, int rounds, double bitPrice)
    {
        _model = model;
        _picture = picture;
        _quality = quality;
        _rounds = rounds;
        _synthesis = new SynthesisGradient(model.Cpu, team);
        _context = new ContextGradient(model.Cpu, team);
        _error = new AreaError(picture, team);
        _gain = model.Networks.Gain(quality).ToArray();
        _inverseGain = model.Networks.InverseGain(quality).ToArray();
        _channelCurvature = new float[_gain.Length];
        _price = ErrorPrice.Of(model.Networks, quality, picture.Layout.ColourChannels()) / (float)bitPrice;
    }

    /// <summary>Bytes that the search takes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="largest">The first tile of the picture, which is as large as any.</param>
    /// <param name="threads">Threads it uses.</param>
    public static long Bytes(VaeModel model, TileArea largest, int threads)
    {
        int width = largest.Width + (2 * Halo), height = largest.Height + (2 * Halo);
        long latents = (long)width * height * model.Networks.Description.LatentChannels;
        return SynthesisGradient.Bytes(model.Cpu, width, height, threads) + ContextGradient.Bytes(model.Cpu, largest.Width, largest.Height, threads)
            + (14 * latents) + (2L * width * height * Side * Side * 3 * sizeof(float));
    }

    /// <summary>Betters the symbols of a tile that was quantised.</summary>
    /// <param name="coder">What holds the tile's values; its symbols are replaced.</param>
    /// <param name="tile">Where the tile lies.</param>
    /// <param name="latents">y, of the tile and around it.</param>
    /// <param name="original">The picture, there and around it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public void Refine(TileLatentCoder coder, TileArea tile, LatentRows latents, PixelRows original, CancellationToken cancellationToken)
    {
        Begin(coder, tile, latents);
        TileBuffers buffers = coder.Buffers;
        Span<short> symbols = buffers.Symbols.AsSpan(0, buffers.Count(tile)), kept = _best.AsSpan(0, symbols.Length);
        double best = double.PositiveInfinity;
        float share = FirstShare;
        for (int round = 0; ; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Place(buffers.Decoded, tile);
            _synthesis.Synthesise(_latents, _pixels);
            double cost = (_price * _error.Differentiate(_area, original, _pixels)) + Bits(buffers, tile);

            // What it began with is kept even if its cost is no number.
            bool better = round == 0 || cost < best;
            if (better)
            {
                best = cost;
                symbols.CopyTo(kept);
            }
            else
            {
                kept.CopyTo(symbols);
            }

            if (round == _rounds || share < SmallestShare)
            {
                // y_hat goes with the symbols.
                coder.Reconstruct(tile, _quality);
                return;
            }

            if (better)
            {
                _context.Run(buffers.Decoded.AsSpan(0, symbols.Length), coder.Networks, _gain);
                if (round == 0)
                {
                    MeasureCurvature(tile);
                }

                PullBack(tile, _pixels);
            }

            share = Math.Min(LargestShare, better ? share * ShareGrowth : share / 2);
            Move(buffers, tile, round, share);
            coder.Reconstruct(tile, _quality);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _synthesis.Dispose();
        _context.Dispose();
    }

    private static void Require<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }

    /// <summary>Makes room, and fills the area with the latents around the tile.</summary>
    private void Begin(TileLatentCoder coder, TileArea tile, LatentRows latents)
    {
        int latentWidth = ModelDescription.PadSide(_picture.Width) / Side, latentHeight = ModelDescription.PadSide(_picture.Height) / Side;
        int left = Math.Max(0, tile.Column - Halo), top = Math.Max(0, tile.Row - Halo);
        int right = Math.Min(latentWidth, tile.Column + tile.Width + Halo), bottom = Math.Min(latentHeight, tile.Row + tile.Height + Halo);
        _area = new TileArea(left, top, right - left, bottom - top);
        int count = coder.Buffers.Count(tile), areaCount = coder.Buffers.Count(_area);
        Require(ref _latents, areaCount);
        Require(ref _areaGradient, areaCount);
        Require(ref _pixels, _area.Width * _area.Height * Side * Side * 3);
        Require(ref _gradient, count);
        Require(ref _best, count);
        Require(ref _positionCurvature, tile.Width * tile.Height);

        // A gain and its inverse are trained apart, so that both are needed even where nothing is rounded between them.
        latents.Read(_area, _latents);
        for (int i = 0; i < areaCount; i += _gain.Length)
        {
            Span<float> position = _latents.AsSpan(i, _gain.Length);
            ElementKernel.Multiply(position, _gain, position);
            ElementKernel.Multiply(position, _inverseGain, position);
        }

        _synthesis.Begin(_area.Width, _area.Height);
        _context.Begin(tile.Width, tile.Height);
    }

    /// <summary>Where a row of the tile starts in the area.</summary>
    private int Start(TileArea tile, int row) => (((tile.Row - _area.Row + row) * _area.Width) + tile.Column - _area.Column) * _gain.Length;

    private void Place(float[] decoded, TileArea tile)
    {
        int channels = _gain.Length;
        for (int row = 0; row < tile.Height; row++)
        {
            for (int column = 0; column < tile.Width; column++)
            {
                ElementKernel.Multiply(
                    decoded.AsSpan(((row * tile.Width) + column) * channels, channels), _inverseGain, _latents.AsSpan(Start(tile, row) + (column * channels), channels));
            }
        }
    }

    /// <summary>Carries a gradient in the pixels back to the tile's y_hat.</summary>
    private void PullBack(TileArea tile, float[] pixels)
    {
        int channels = _gain.Length;
        _synthesis.PullBack(pixels, _areaGradient);
        for (int row = 0; row < tile.Height; row++)
        {
            for (int column = 0; column < tile.Width; column++)
            {
                ElementKernel.Multiply(
                    _areaGradient.AsSpan(Start(tile, row) + (column * channels), channels), _inverseGain, _gradient.AsSpan(((row * tile.Width) + column) * channels, channels));
            }
        }

        _context.PullBack(_gradient.AsSpan(0, tile.Width * tile.Height * channels), _gain);
    }

    /// <summary>What a quantiser unit does to the pixels, squared and summed: of each channel, and of each position as a multiple of that.</summary>
    private void MeasureCurvature(TileArea tile)
    {
        int channels = _gain.Length, positions = tile.Width * tile.Height;
        float[] signs = ArrayPool<float>.Shared.Rent(_pixels.Length);
        _error.Probe(_area, signs);
        PullBack(tile, signs);
        ArrayPool<float>.Shared.Return(signs);
        double[] sums = new double[channels];
        for (int i = 0; i < positions * channels; i++)
        {
            sums[i % channels] += (double)_gradient[i] * _gradient[i];
        }

        for (int c = 0; c < channels; c++)
        {
            _channelCurvature[c] = (float)(sums[c] / positions);
        }

        for (int position = 0; position < positions; position++)
        {
            double sum = 0;
            for (int c = 0; c < channels; c++)
            {
                double slope = _gradient[(position * channels) + c];
                sum += _channelCurvature[c] > 0 ? slope * slope / _channelCurvature[c] : 1;
            }

            _positionCurvature[position] = (float)Math.Max(0.5, sum / channels);
        }
    }

    /// <summary>Moves a share of those symbols that gain by it.</summary>
    private void Move(TileBuffers buffers, TileArea tile, int round, float share)
    {
        SymbolCosts costs = _model.SymbolCosts;
        ReadOnlySpan<short> offsets = _model.Networks.ScaleOffset(_quality);
        int channels = offsets.Length, last = _model.Networks.Scales.Count - 1, i = 0;
        uint threshold = (uint)(share * uint.MaxValue);
        for (int position = 0; position < tile.Width * tile.Height; position++)
        {
            float priceHere = _price * Caution * _positionCurvature[position];
            for (int c = 0; c < channels; c++, i++)
            {
                float slope = _price * _gradient[i], bend = priceHere * _channelCurvature[c];
                int symbol = buffers.Symbols[i];
                if ((symbol == 0 && MathF.Abs(slope) < bend) || ScatteredBits.Of((uint)i, (uint)round, 1) > threshold || Math.Abs(symbol) == TileLatentCoder.MaxSymbol)
                {
                    continue;
                }

                int scale = Math.Clamp(buffers.LogScales[i] + offsets[c], 0, last);
                float now = costs[scale, symbol] - Margin;
                float up = bend + slope + costs[scale, symbol + 1] - now, down = bend - slope + costs[scale, symbol - 1] - now;
                if (MathF.Min(up, down) < 0)
                {
                    buffers.Symbols[i] = (short)(up < down ? symbol + 1 : symbol - 1);
                }
            }
        }
    }

    private double Bits(TileBuffers buffers, TileArea tile)
    {
        SymbolCosts costs = _model.SymbolCosts;
        ReadOnlySpan<short> offsets = _model.Networks.ScaleOffset(_quality);
        int last = _model.Networks.Scales.Count - 1, count = buffers.Count(tile);
        double sum = 0;
        for (int i = 0; i < count; i += offsets.Length)
        {
            for (int c = 0; c < offsets.Length; c++)
            {
                sum += costs[Math.Clamp(buffers.LogScales[i + c] + offsets[c], 0, last), buffers.Symbols[i + c]];
            }
        }

        return sum;
    }
}
