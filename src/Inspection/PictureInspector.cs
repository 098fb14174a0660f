using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Models.Bundle;
using VaeCodec.Models.Description;
using VaeCodec.Refinement;
using VaeCodec.Tiles;

namespace VaeCodec.Inspection;

/// <summary>Looks into .vae files.</summary>
public static class PictureInspector
{
    /// <summary>Reads a file to its end and tells where its bits go. Latents are decoded for that; samples, alpha and the digest are not, so that damage within them does not show here: <see cref="VaeVerifier.VerifyAsync(Stream, VaeDecoderOptions, CancellationToken)"/> finds it.</summary>
    /// <param name="file">The file, a stream that can seek, from its beginning; left open, and at its beginning.</param>
    /// <param name="options">Models at hand and limits; null is the default. Nothing else is looked at.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">The file is damaged, its model is not at hand, or a limit would be exceeded. Latents are held for all positions: 8 bytes for each 16 x 16 pixels.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public static async Task<PictureInspection> InspectAsync(Stream file, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.CanSeek)
        {
            throw new ArgumentException("A file is read twice to be inspected, so its stream must be one that can seek.", nameof(file));
        }

        options ??= new VaeDecoderOptions();
        file.Position = 0;
        VaeImageInfo info = await VaeImageInfo.ReadAsync(file, options.Limits, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        PipeReader pipe = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        ContainerReader container = new(pipe, options.Limits.ForContainer());
        try
        {
            ContainerHeader header = await container.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            await container.ReadMetadataAsync(cancellationToken).ConfigureAwait(false);
            options.Limits.CheckPicture(header.Width, header.Height);
            using TileReading reading = new(header, info, options);
            List<TileInspection> tiles = [];
            while (await container.ReadTileAsync(options.Limits.MaxMemoryBytes, cancellationToken).ConfigureAwait(false) is { } tile)
            {
                using (tile)
                {
                    tiles.Add(reading.Read(tile));
                }
            }

            IReadOnlyList<SectionShare> shares = await SectionWalk.ReadAsync(file, info, cancellationToken).ConfigureAwait(false);
            file.Position = 0;
            return new PictureInspection(info, container.BytesRead, shares, tiles, reading.Model, reading.Latents);
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Reads tiles and adds up what their symbols cost.</summary>
    private sealed class TileReading : IDisposable
    {
        private readonly ContainerHeader _header;
        private readonly Lazy<TileWorker>? _worker;
        private readonly SymbolCosts? _hyperCosts;
        private readonly Lazy<LatentInspection>? _latents;
        private readonly float[] _entropies = [];

        public TileReading(ContainerHeader header, VaeImageInfo info, VaeDecoderOptions options)
        {
            _header = header;
            if (header.Lossless)
            {
                return;
            }

            Model = options.FindModel(info);
            CodecMemory.CheckInspect(Model, info, LatentInspection.BytesAPosition, options.Limits);

            // A header alone must cost nothing.
            _worker = new Lazy<TileWorker>(() => new TileWorker(new TileLatentCoder(Model, Area(0, 0)), new TileEntropyCoder(Model)));
            _latents = new Lazy<LatentInspection>(() => new LatentInspection(
                ModelDescription.PadSide(header.Width) / ModelDescription.LatentStride,
                ModelDescription.PadSide(header.Height) / ModelDescription.LatentStride,
                Model.Networks.Description.LatentChannels));
            _hyperCosts = new SymbolCosts(Model.Networks.HyperPriors(header.Quality).ToArray());
            _entropies = [.. Model.Networks.Scales.Select(Entropy)];
        }

        public VaeModel? Model { get; }

        public LatentInspection? Latents => _latents?.Value;

        public TileInspection Read(TileSection tile)
        {
            TilePart colour = TilePart.Whole(tile);
            int coded = tile.CodedBytes.Length;
            if (_header.Lossless)
            {
                return new TileInspection(tile.Column, tile.Row, _header.MixedTiles ? KindOf(colour) : TileKind.Samples, coded, 0, 0, 0, 0, 0, 0);
            }

            TilePart alpha = default;
            if (_header.Layout.HasAlpha())
            {
                (alpha, colour) = colour.Split();
            }

            TileArea area = Area(tile.Column, tile.Row);
            int alphaBytes = _header.Layout.HasAlpha() ? alpha.Bytes.Length + TilePart.AlphaHead : 0;
            Spread(area, 8.0 * alphaBytes);
            if (_header.MixedTiles && colour.IsSamples)
            {
                Spread(area, 8.0 * colour.Bytes.Length);
                return new TileInspection(tile.Column, tile.Row, KindOf(colour), coded, alphaBytes, 0, 0, 0, 0, 0);
            }

            _worker!.Value.DecodeSymbols(colour, area, _header.Quality, _header.MixedTiles);
            double hyper = AddHyper(area);
            (double first, double second, long symbols, long nonZeros) = AddSymbols(area);
            return new TileInspection(tile.Column, tile.Row, TileKind.Latents, coded, alphaBytes, symbols, nonZeros, hyper, first, second);
        }

        public void Dispose()
        {
            if (_worker is { IsValueCreated: true })
            {
                _worker.Value.Dispose();
            }
        }

        private static TileKind KindOf(TilePart samples) => samples.Way switch
        {
            TileWay.PredictedSamples => TileKind.Samples,
            TileWay.RepeatedSamples => TileKind.RepeatedSamples,
            _ => throw samples.UnknownWay(),
        };

        /// <summary>Bits of z; each lies over 4 x 4 latents.</summary>
        private double AddHyper(TileArea area)
        {
            TileBuffers buffers = _worker!.Value.Latents.Buffers;
            ReadOnlySpan<sbyte> hyper = buffers.HyperLatents.AsSpan(0, buffers.HyperCount(area));
            int channels = Model!.Networks.Description.HyperChannels, columns = area.Width / ModelDescription.HyperStride;
            double sum = 0;
            for (int position = 0; position < hyper.Length / channels; position++)
            {
                double bits = 0;
                for (int c = 0; c < channels; c++)
                {
                    bits += _hyperCosts![c, hyper[(position * channels) + c]];
                }

                (int row, int column) = Math.DivRem(position, columns);
                Spread(new TileArea(area.Column + (column * ModelDescription.HyperStride), area.Row + (row * ModelDescription.HyperStride), ModelDescription.HyperStride, ModelDescription.HyperStride), bits);
                sum += bits;
            }

            return sum;
        }

        private (double First, double Second, long Symbols, long NonZeros) AddSymbols(TileArea area)
        {
            TileBuffers buffers = _worker!.Value.Latents.Buffers;
            ReadOnlySpan<short> offsets = Model!.Networks.ScaleOffset(_header.Quality);
            int channels = offsets.Length, last = _entropies.Length - 1;
            double[] passes = new double[2];
            long nonZeros = 0;
            for (int position = 0; position < area.Width * area.Height; position++)
            {
                ReadOnlySpan<short> symbols = buffers.Symbols.AsSpan(position * channels, channels), logScales = buffers.LogScales.AsSpan(position * channels, channels);
                double bits = 0, expected = 0;
                for (int c = 0; c < channels; c++)
                {
                    int scale = Math.Clamp(logScales[c] + offsets[c], 0, last);
                    float cost = Model.SymbolCosts[scale, symbols[c]];
                    bits += cost;
                    expected += _entropies[scale];
                    Latents!.ChannelBits[c] += cost;
                    if (symbols[c] != 0)
                    {
                        nonZeros++;
                        Latents.ChannelNonZeros[c]++;
                    }
                }

                (int row, int column) = Math.DivRem(position, area.Width);
                int at = ((area.Row + row) * Latents!.Width) + area.Column + column;
                Latents.Bits[at] += (float)bits;
                Latents.Expected[at] = (float)expected;
                passes[(row + column) & 1] += bits;
            }

            Latents!.SymbolsOfAChannel += area.Width * area.Height;
            return (passes[0], passes[1], (long)area.Width * area.Height * channels, nonZeros);
        }

        /// <summary>Spreads bits evenly over positions.</summary>
        private void Spread(TileArea area, double bits)
        {
            float share = (float)(bits / (area.Width * area.Height));
            for (int row = area.Row; row < area.Row + area.Height; row++)
            {
                for (int column = area.Column; column < area.Column + area.Width; column++)
                {
                    Latents!.Bits[(row * Latents.Width) + column] += share;
                }
            }
        }

        private TileArea Area(int column, int row) => TileArea.Of(column, row, _header.TileSize, _header.Width, _header.Height);

        /// <summary>Bits that a symbol of a table takes on average.</summary>
        private static float Entropy(CdfTable table)
        {
            double sum = 0;
            for (int entry = 0; entry <= table.SymbolCount; entry++)
            {
                double p = table.Frequency(entry) / 65536.0;
                sum -= p > 0 ? p * Math.Log2(p) : 0;
            }

            return (float)sum;
        }
    }
}
