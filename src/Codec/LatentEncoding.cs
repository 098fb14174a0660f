using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Models.Cpu;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>An encode through the networks: rows are analysed, and each row of tiles is coded as soon as its latents are there.</summary>
internal sealed class LatentEncoding : PictureEncoding
{
    private readonly VaeModel _model;
    private AnalysisTransform? _analysis;
    private TileWorkerPool? _workers;
    private LatentRows? _latents;
    private TileRowEncoding? _tiles;

    public LatentEncoding(IRowSource source, PipeWriter output, VaeEncoderOptions options)
        : base(source, output, options)
    {
        _model = options.Model ?? VaeModel.Standard;
        _model.PrepareForEncoding();
        CodecMemory.CheckEncode(_model, Picture.Width, Picture.Height, options.TileSize, Threads, options.Limits);
        Header = new ContainerHeader
        {
            Width = Picture.Width,
            Height = Picture.Height,
            Layout = Picture.Layout,
            Quality = options.Quality,
            TileSize = options.TileSize,
            Colour = Picture.Colour,
            ModelIdentity = _model.Sha256,
            ModelName = _model.Name,
        };
    }

    /// <inheritdoc/>
    protected override ContainerHeader Header { get; }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        _workers?.Dispose();
        _latents?.Dispose();
        _analysis?.Dispose();
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        _analysis = new AnalysisTransform(_model.Cpu, Team);
        _analysis.Begin(Picture.Width, Picture.Height, Picture.Layout.Channels());
        TileArea largest = TileArea.Of(0, 0, Header.TileSize, Header.Width, Header.Height);
        _workers = new TileWorkerPool(_model, largest);
        _latents = new LatentRows(largest.Height, _analysis.LatentWidth, _model.Networks.Description.LatentChannels);
        _tiles = new TileRowEncoding(_workers, _latents, Header.Quality, Options.Effort > 1, Header.TileColumns);
    }

    /// <inheritdoc/>
    protected override async ValueTask CodeAsync(int row, CodedTile[] tiles, CancellationToken cancellationToken)
    {
        TileRowEncoding encoding = _tiles!;
        for (int column = 0; column < tiles.Length; column++)
        {
            encoding.Areas[column] = TileArea.Of(column, row, Header.TileSize, Header.Width, Header.Height);
        }

        await AnalyseAsync(_analysis!, _latents!, encoding.Areas[0].Height, cancellationToken).ConfigureAwait(false);
        encoding.Coded = tiles;
        Team.Run(tiles.Length, encoding);
    }

    /// <summary>Reads and analyses rows until the latents of a row of tiles are there.</summary>
    private async ValueTask AnalyseAsync(AnalysisTransform analysis, LatentRows latents, int latentRows, CancellationToken cancellationToken)
    {
        for (int done = 0; done < latentRows;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (; done < latentRows && analysis.LatentRowsReady > 0; done++)
            {
                analysis.ReadLatentRow(latents[done]);
            }

            if (done == latentRows)
            {
                return;
            }

            int wanted = analysis.RowsWanted;
            for (int missing = wanted; missing > 0;)
            {
                ReadOnlyMemory<byte> rows = await TakeRowsAsync(missing, cancellationToken).ConfigureAwait(false);
                analysis.PushRows(rows.Span);
                missing -= rows.Length / Picture.RowBytes;
            }

            analysis.Advance();
            if (wanted == 0 && analysis.LatentRowsReady == 0)
            {
                throw new InvalidOperationException("The analysis neither takes rows nor gives latents: its line buffers are too short for its network.");
            }
        }
    }
}
