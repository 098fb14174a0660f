using VaeCodec.Models.Bundle;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Kernels;

namespace VaeCodec.Tiles;

/// <summary>
/// Latents to symbols and back for one tile: hyper-latents, means, the two passes of the checkerboard. What is
/// real-valued here (means) moves pixels at most; what decides probabilities is integer (guarantee G1).
/// </summary>
/// <remarks>Not thread-safe; each thread has its own.</remarks>
internal sealed class TileLatentCoder : IDisposable
{
    /// <summary>Largest magnitude of a residual symbol.</summary>
    public const int MaxSymbol = 32767;

    private readonly Model _model;
    private readonly TileNetworks _networks;
    private readonly VaeModel _source;
    private readonly float[] _means;

    /// <summary>Makes a coder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="largest">The first tile of the picture, which is as large as any.</param>
    public TileLatentCoder(VaeModel model, TileArea largest)
    {
        _model = model.Networks;
        _networks = new TileNetworks(model.Cpu);
        _source = model;
        Buffers = new TileBuffers(_model.Description, largest);
        _means = new float[_model.Description.LatentChannels];
    }

    /// <summary>The networks that are local to the tile at work.</summary>
    public TileNetworks Networks => _networks;

    /// <summary>The values of the tile at work.</summary>
    public TileBuffers Buffers { get; }

    /// <summary>Quantises a tile: from <see cref="TileBuffers.Latents"/> (y, before the gain) to hyper-latents, symbols, log scales and y_hat.</summary>
    /// <param name="area">The tile.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="weigh">Whether a symbol's bits count beside its error; otherwise it is the nearest.</param>
    public void Quantise(TileArea area, int quality, bool weigh) => Quantise(area, quality, weigh ? _source.Rounding : null);

    /// <summary>Quantises a tile like <see cref="Quantise(TileArea, int, bool)"/>.</summary>
    /// <param name="area">The tile.</param>
    /// <param name="quality">1..100.</param>
    /// <param name="rounding">Weighs a symbol's bits against its error; null where each is the nearest.</param>
    public void Quantise(TileArea area, int quality, WeighedRounding? rounding)
    {
        ReadOnlySpan<float> gain = _model.Gain(quality);
        Span<float> latents = Buffers.Latents.AsSpan(0, Buffers.Count(area));
        for (int i = 0; i < latents.Length; i += gain.Length)
        {
            Span<float> position = latents.Slice(i, gain.Length);
            ElementKernel.Multiply(position, gain, position);
        }

        _networks.Begin(area.Width, area.Height);
        _networks.AnalyseHyper(latents, Buffers.HyperLatents.AsSpan(0, Buffers.HyperCount(area)));
        SynthesiseHyper(area);
        RunPasses(area, quality, true, rounding);
    }

    /// <summary>h_s and h_m from the hyper-latents in the buffers.</summary>
    /// <param name="area">The tile.</param>
    public void SynthesiseHyper(TileArea area)
    {
        _networks.Begin(area.Width, area.Height);
        _networks.SynthesiseHyper(Buffers.HyperLatents.AsSpan(0, Buffers.HyperCount(area)), Buffers.LogScales.AsSpan(0, Buffers.Count(area)));
    }

    /// <summary>Takes some of the symbols in the buffers for zero.</summary>
    /// <param name="area">The tile.</param>
    /// <param name="kept">Those that stay.</param>
    public void Keep(TileArea area, SymbolsKept kept)
    {
        int channels = _model.Description.LatentChannels;
        for (int position = 0; kept != SymbolsKept.All && position < area.Width * area.Height; position++)
        {
            (int row, int column) = Math.DivRem(position, area.Width);
            if (kept == SymbolsKept.None || ((row + column) & 1) == 1)
            {
                Buffers.Symbols.AsSpan(position * channels, channels).Clear();
            }
        }
    }

    /// <summary>y_hat from the symbols in the buffers, after <see cref="SynthesiseHyper"/>.</summary>
    /// <param name="area">The tile.</param>
    /// <param name="quality">1..100.</param>
    public void Reconstruct(TileArea area, int quality) => RunPasses(area, quality, false, null);

    public void Dispose()
    {
        _networks.Dispose();
        Buffers.Dispose();
    }

    private void RunPasses(TileArea area, int quality, bool choose, WeighedRounding? rounding)
    {
        int count = Buffers.Count(area);
        Span<float> corrections = Buffers.Corrections.AsSpan(0, count);
        RunPass(area, quality, 0, choose, rounding);
        _networks.CorrectMeans(Buffers.Decoded.AsSpan(0, count), _model.Gain(quality), corrections);
        RunPass(area, quality, 1, choose, rounding);
    }

    /// <summary>One pass: the even positions with mu = h_m(z) am, or the odd ones with mu = h_m(z) am + d gain.</summary>
    private void RunPass(TileArea area, int quality, int parity, bool choose, WeighedRounding? rounding)
    {
        ReadOnlySpan<float> meanGain = _model.MeanGain(quality);
        ReadOnlySpan<float> gain = _model.Gain(quality);
        ReadOnlySpan<short> scaleOffset = _model.ScaleOffset(quality);
        int channels = gain.Length;
        for (int row = 0; row < area.Height; row++)
        {
            for (int column = (row + parity) & 1; column < area.Width; column += 2)
            {
                int start = ((row * area.Width) + column) * channels;
                ReadOnlySpan<float> hyperMean = _networks.HyperMeanAt(row, column);
                Span<short> symbols = Buffers.Symbols.AsSpan(start, channels);
                if (parity == 0)
                {
                    MeanKernel.First(hyperMean, meanGain, _means);
                }
                else
                {
                    MeanKernel.Second(hyperMean, meanGain, Buffers.Corrections.AsSpan(start, channels), gain, _means);
                }

                if (choose)
                {
                    Choose(Buffers.Latents.AsSpan(start, channels), Buffers.LogScales.AsSpan(start, channels), scaleOffset, rounding, symbols);
                }

                MeanKernel.Reconstruct(symbols, _means, Buffers.Decoded.AsSpan(start, channels));
            }
        }
    }

    /// <summary>The symbols of a position.</summary>
    private void Choose(ReadOnlySpan<float> latents, ReadOnlySpan<short> logScales, ReadOnlySpan<short> scaleOffset, WeighedRounding? rounding, Span<short> symbols)
    {
        int last = _model.Scales.Count - 1;
        for (int c = 0; c < symbols.Length; c++)
        {
            float residual = latents[c] - _means[c];

            // Most residuals round to zero, and zero is never weighed against anything.
            if (MathF.Abs(residual) <= 0.5f)
            {
                symbols[c] = 0;
                continue;
            }

            float symbol = rounding is not null ? rounding.Round(residual, Math.Clamp(logScales[c] + scaleOffset[c], 0, last)) : MathF.Round(residual);
            symbols[c] = (short)Math.Clamp((int)symbol, -MaxSymbol, MaxSymbol);
        }
    }
}
