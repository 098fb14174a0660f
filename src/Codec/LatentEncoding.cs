using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Description;
using VaeCodec.Refinement;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>An encode through the networks: rows are analysed, and each row of tiles is coded as soon as its latents are there.</summary>
internal sealed class LatentEncoding : PictureEncoding
{
    private readonly VaeModel _model;
    private ContainerHeader? _header;
    private AnalysisTransform? _analysis;
    private TileWorkerPool? _workers;
    private LatentRows? _latents;
    private TileRowEncoding? _tiles;
    private TileRefinement? _refinement;
    private TileChoice? _choice;
    private PixelRows? _pixels;
    private readonly PictureDescription _colour;
    private AlphaEncoding? _alpha;
    private int _latentRows;
    private int _analysed;

    public LatentEncoding(IRowSource source, PipeWriter output, VaeEncoderOptions options)
        : base(source, output, options)
    {
        _colour = Picture.WithoutAlpha();
        _model = options.Model ?? VaeModel.Standard;
        _model.PrepareForEncoding();
        _ = MakePlan(options, 1);
    }

    /// <inheritdoc/>
    protected override ContainerHeader Header => _header ??= new ContainerHeader
    {
        Width = Picture.Width,
        Height = Picture.Height,
        Layout = Picture.Layout,
        BitDepth = Picture.BitDepth,
        MaxAlphaError = Picture.Layout.HasAlpha() ? ErrorBounds.OfAlpha(Options.AlphaQuality, Picture.MaxSample) : 0,
        MixedTiles = Options.Effort > 1,
        Quality = Options.Quality,
        TileSize = Options.TileSize,
        Colour = Picture.Colour,
        ModelIdentity = _model.Sha256,
        ModelName = _model.Name,
    };

    /// <summary>Rows of latents that are needed above and below a row of tiles.</summary>
    private int Halo => _refinement == null ? 0 : TileRefinement.Halo;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        _workers?.Dispose();
        _latents?.Dispose();
        _analysis?.Dispose();
        _refinement?.Dispose();
        _choice?.Dispose();
        _pixels?.Dispose();
        _alpha?.Dispose();
    }

    /// <inheritdoc/>
    protected override WorkPlan MakePlan(VaeEncoderOptions options, int threads, long held = 0) => CodecMemory.PlanEncode(_model, Picture, options, threads, held);

    /// <inheritdoc/>
    protected override bool Fits(VaeEncoderOptions options) => CodecMemory.FitsEncode(_model, Picture, options);

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _analysis = new AnalysisTransform(_model.Cpu, Team);
        _analysis.Begin(Picture.Width, Picture.Height, _colour.Layout.Channels(), Picture.BitDepth);
        TileArea largest = TileArea.Of(0, 0, Header.TileSize, Header.Width, Header.Height);
        _latentRows = ModelDescription.PadSide(Picture.Height) / ModelDescription.LatentStride;
        _workers = new TileWorkerPool(_model, largest);
        int rounds = VaeEncoderOptions.Rounds[Options.Effort];
        if (rounds > 0)
        {
            _refinement = new TileRefinement(_model, Team, _colour, Header.Quality, rounds, Options.BitPrice);
        }

        if (Header.MixedTiles)
        {
            _choice = new TileChoice(_model, Team, Picture, Options, Plan, Stop);
            _pixels = new PixelRows(_colour.RowBytes);
        }

        if (Picture.Layout.HasAlpha())
        {
            _alpha = new AlphaEncoding(Picture, Header.TileSize, Header.MaxAlphaError, Plan.SampleWorkers, Stop);
        }

        WeighedRounding? rounding = Options.Effort == 1 ? null : Options.BitPrice == 1 ? _model.Rounding : new WeighedRounding(_model.Networks.Scales, Options.BitPrice);
        _latents = new LatentRows(largest.Height + (2 * Halo), _analysis.LatentWidth, _model.Networks.Description.LatentChannels);
        _tiles = new TileRowEncoding(_workers, _latents, Header.Quality, rounding, Header.MixedTiles, Header.TileColumns);
    }

    /// <inheritdoc/>
    protected override async ValueTask CodeAsync(int row, CodedTile[] tiles, CancellationToken cancellationToken)
    {
        TileRowEncoding encoding = _tiles!;
        for (int column = 0; column < tiles.Length; column++)
        {
            encoding.Areas[column] = TileArea.Of(column, row, Header.TileSize, Header.Width, Header.Height);
        }

        TileArea first = encoding.Areas[0];
        _pixels?.Release((first.Row - Halo) * ModelDescription.LatentStride);
        await AnalyseAsync(_analysis!, _latents!, Math.Min(_latentRows, first.Row + first.Height + Halo), cancellationToken).ConfigureAwait(false);
        encoding.Coded = tiles;
        encoding.Columns.Clear();
        _choice?.Begin(row, _pixels!, _alpha?.Alpha);
        for (int column = 0; column < tiles.Length; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool candidate = _choice?.IsCandidate(column) ?? false;
            if (_refinement == null && !candidate)
            {
                encoding.Columns.Add(column);
                continue;
            }

            // All threads work on the one tile.
            int at = column;
            encoding.Code(
                column,
                _refinement == null ? null : (coder, area) => _refinement.Refine(coder, area, _latents!, _pixels!, cancellationToken),
                candidate ? (coder, coded) => _choice!.Try(at, encoding.Areas[at], coder.Buffers.Decoded, coded) : null);
        }

        Team.Run(encoding.Columns.Count, encoding);
        _choice?.Choose(tiles);
        _alpha?.Code(row, tiles, Team);
    }

    /// <summary>Reads and analyses rows until the latents above a row are there.</summary>
    private async ValueTask AnalyseAsync(AnalysisTransform analysis, LatentRows latents, int end, CancellationToken cancellationToken)
    {
        while (_analysed < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (; _analysed < end && analysis.LatentRowsReady > 0; _analysed++)
            {
                analysis.ReadLatentRow(latents[_analysed]);
            }

            if (_analysed == end)
            {
                return;
            }

            int wanted = analysis.RowsWanted;
            for (int missing = wanted; missing > 0;)
            {
                ReadOnlyMemory<byte> rows = await TakeRowsAsync(missing, cancellationToken).ConfigureAwait(false);
                missing -= rows.Length / Picture.RowBytes;
                ReadOnlyMemory<byte> colour = _alpha?.TakeOff(rows) ?? rows;
                analysis.PushRows(colour.Span);
                _pixels?.Append(colour.Span);
            }

            analysis.Advance();
            if (wanted == 0 && analysis.LatentRowsReady == 0)
            {
                throw new InvalidOperationException("The analysis neither takes rows nor gives latents: its line buffers are too short for its network.");
            }
        }
    }
}
