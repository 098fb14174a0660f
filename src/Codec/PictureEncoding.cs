using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>One encode at work: rows are read in bands, analysed, and each row of tiles is coded as soon as its latents are there.</summary>
internal sealed class PictureEncoding : IAsyncDisposable
{
    /// <summary>Rows that are read at a time; two blocks are held.</summary>
    private const int BlockRows = 4 * ModelDescription.LatentStride;

    private readonly VaeEncoderOptions _options;
    private readonly VaeModel _model;
    private readonly ContainerWriter _container;
    private readonly PictureDescription _picture;
    private readonly ContainerHeader _header;
    private readonly int _threads;
    private WorkerTeam? _team;
    private AnalysisTransform? _analysis;
    private TileWorkerPool? _workers;
    private LatentRows? _latents;
    private readonly RowReadAhead _rows;
    private ReadOnlyMemory<byte> _unread;

    public PictureEncoding(IRowSource source, PipeWriter output, VaeEncoderOptions options)
    {
        _options = options;
        _picture = source.Picture;
        CheckOptions(options);
        CheckLimits(_picture, options.Limits);
        _model = options.Model ?? VaeModel.Standard;
        _threads = VaeLimits.ResolveThreads(options.Threads);
        _rows = new RowReadAhead(source, BlockRows, _threads > 1);
        _model.PrepareForEncoding();
        CodecMemory.CheckEncode(_model, _picture.Width, _picture.Height, options.TileSize, _threads, options.Limits);
        _header = new ContainerHeader
        {
            Width = _picture.Width,
            Height = _picture.Height,
            Layout = _picture.Layout,
            Quality = options.Quality,
            TileSize = options.TileSize,
            Colour = _picture.Colour,
            ModelIdentity = _model.Sha256,
            ModelName = _model.Name,
        };
        _container = new ContainerWriter(output, options.Limits.ForContainer());
    }

    public async Task<VaeEncodeResult> RunAsync(CancellationToken cancellationToken)
    {
        // The first row comes before the buffers: a source that merely declares a width fails here, at the cost of one row.
        _unread = await _rows.NextAsync(cancellationToken).ConfigureAwait(false);

        WorkerTeam team = _team = new WorkerTeam(_threads);
        AnalysisTransform analysis = _analysis = new AnalysisTransform(_model.Cpu, team);
        analysis.Begin(_picture.Width, _picture.Height, _picture.Layout.Channels());
        TileArea largest = TileArea.Of(0, 0, _header.TileSize, _header.Width, _header.Height);
        _workers = new TileWorkerPool(_model, largest);
        LatentRows latents = _latents = new LatentRows(largest.Height, analysis.LatentWidth, _model.Networks.Description.LatentChannels);
        TileRowEncoding tiles = new(_workers, latents, _header.Quality, _options.Effort > 1, _header.TileColumns);

        await _container.WriteHeaderAsync(_header, cancellationToken).ConfigureAwait(false);
        await WriteMetadataAsync(MetadataKind.IccProfile, _picture.Metadata.IccProfile, cancellationToken).ConfigureAwait(false);
        await WriteMetadataAsync(MetadataKind.Exif, _picture.Metadata.Exif, cancellationToken).ConfigureAwait(false);
        await WriteMetadataAsync(MetadataKind.Xmp, _picture.Metadata.Xmp, cancellationToken).ConfigureAwait(false);
        for (int tileRow = 0; tileRow < _header.TileRows; tileRow++)
        {
            for (int column = 0; column < _header.TileColumns; column++)
            {
                tiles.Areas[column] = TileArea.Of(column, tileRow, _header.TileSize, _header.Width, _header.Height);
            }

            await AnalyseAsync(analysis, latents, tiles.Areas[0].Height, cancellationToken).ConfigureAwait(false);
            team.Run(tiles.Areas.Length, tiles);
            for (int column = 0; column < _header.TileColumns; column++)
            {
                await _container.WriteTileAsync(column, tileRow, tiles.Checksums[column], tiles.Coded[column], cancellationToken).ConfigureAwait(false);
                tiles.Coded[column] = [];
            }

            int rowsDone = (int)Math.Min((tileRow + 1L) * _header.TileSize, _header.Height);
            _options.Progress?.Report(new VaeProgress(rowsDone, _header.Height, _container.BytesWritten));
        }

        await _container.FinishAsync(cancellationToken).ConfigureAwait(false);
        return new VaeEncodeResult(_header.Width, _header.Height, _container.BytesWritten, _header.TileCount);
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync().ConfigureAwait(false);
        _team?.Dispose();
        _workers?.Dispose();
        _latents?.Dispose();
        _analysis?.Dispose();
    }

    private static void CheckOptions(VaeEncoderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quality, 1, nameof(options.Quality));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Quality, ModelDescription.Qualities, nameof(options.Quality));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Effort, 1, nameof(options.Effort));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Effort, VaeEncoderOptions.HighestEffort, nameof(options.Effort));
        VaeLimits.CheckThreads(options.Threads);
        if (options.TileSize is < 256 or > 4096 || options.TileSize % ModelDescription.SizeMultiple != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options.TileSize), options.TileSize, "A tile's side is a multiple of 64 from 256 to 4096.");
        }
    }

    private static void CheckLimits(PictureDescription picture, VaeLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(picture.Width, nameof(picture.Width));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(picture.Height, nameof(picture.Height));
        limits.CheckPicture(picture.Width, picture.Height);
    }

    private async ValueTask WriteMetadataAsync(MetadataKind kind, byte[]? data, CancellationToken cancellationToken)
    {
        if (data is { Length: > 0 })
        {
            await _container.WriteMetadataAsync(kind, data, cancellationToken).ConfigureAwait(false);
        }
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
                if (_unread.IsEmpty)
                {
                    _unread = await _rows.NextAsync(cancellationToken).ConfigureAwait(false);
                }

                int bytes = Math.Min(missing * _picture.RowBytes, _unread.Length);
                analysis.PushRows(_unread.Span[..bytes]);
                _unread = _unread[bytes..];
                missing -= bytes / _picture.RowBytes;
            }

            analysis.Advance();
            if (wanted == 0 && analysis.LatentRowsReady == 0)
            {
                throw new InvalidOperationException("The analysis neither takes rows nor gives latents: its line buffers are too short for its network.");
            }
        }
    }
}
