using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>One encode at work: rows are read in blocks, and each row of tiles is coded and written as soon as it is there.</summary>
internal abstract class PictureEncoding : IAsyncDisposable
{
    /// <summary>Rows that are read at a time; two blocks are held.</summary>
    public const int BlockRows = 4 * ModelDescription.LatentStride;

    private readonly ContainerWriter _container;
    private readonly RowReadAhead _rows;
    private readonly int _threads;
    private readonly Queue<byte[]> _held = new();
    private ReadOnlyMemory<byte> _unread;

    /// <summary>Prepares an encode whose options were checked.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="output">Where the file goes.</param>
    /// <param name="options">How.</param>
    protected PictureEncoding(IRowSource source, PipeWriter output, VaeEncoderOptions options)
    {
        Options = options;
        Picture = source.Picture;
        _threads = VaeLimits.ResolveThreads(options.Threads);
        _rows = new RowReadAhead(source, BlockRows, _threads > 1);
        _container = new ContainerWriter(output, options.Limits.ForContainer());
    }

    /// <summary>How.</summary>
    protected VaeEncoderOptions Options { get; private set; }

    /// <summary>The picture.</summary>
    protected PictureDescription Picture { get; }

    /// <summary>Threads to use, and what memory there is room for; made once the first row is there.</summary>
    protected WorkPlan Plan { get; private set; }

    /// <summary>Ends the work on tiles of samples.</summary>
    protected WorkStop Stop { get; } = new();

    /// <summary>The file's header.</summary>
    protected abstract ContainerHeader Header { get; }

    /// <summary>The threads at work; made once the first row is there.</summary>
    protected WorkerTeam Team { get; private set; } = null!;

    /// <summary>Makes the encode that the options ask for.</summary>
    public static PictureEncoding Create(IRowSource source, PipeWriter output, VaeEncoderOptions options)
    {
        CheckOptions(options);
        PictureDescription picture = source.Picture;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(picture.Width, nameof(picture.Width));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(picture.Height, nameof(picture.Height));
        if (!picture.Layout.IsKnown())
        {
            throw new ArgumentOutOfRangeException(nameof(picture.Layout), picture.Layout, "Unknown pixel layout.");
        }

        picture.CheckDepth();
        options.Limits.CheckPicture(picture.Width, picture.Height);
        options.Limits.CheckMetadata(picture.Metadata);
        CheckTiles(picture, options.TileSize);
        if (options.MaxError > picture.MaxSample / 2)
        {
            throw new ArgumentOutOfRangeException(nameof(options.MaxError), options.MaxError, $"The error of samples of {picture.BitDepth} bits is bounded by at most {picture.MaxSample / 2}.");
        }

        return options.CodesSamples ? new LosslessEncoding(source, output, options) : new LatentEncoding(source, output, options);
    }

    public async Task<VaeEncodeResult> RunAsync(CancellationToken cancellationToken)
    {
        // The first row comes before the buffers: a source that merely declares a width fails here, at the cost of one row.
        Stop.Token = cancellationToken;
        _unread = await NextAsync(cancellationToken).ConfigureAwait(false);
        await ChooseTileSizeAsync(cancellationToken).ConfigureAwait(false);
        Plan = MakePlan(Options, _threads, _held.Sum(rows => (long)rows.Length));
        Team = new WorkerTeam(Plan.Threads);
        Prepare();
        ContainerHeader header = Header;
        await _container.WriteHeaderAsync(header, cancellationToken).ConfigureAwait(false);
        await WriteMetadataAsync(MetadataKind.IccProfile, Picture.Metadata.IccProfile, cancellationToken).ConfigureAwait(false);
        await WriteMetadataAsync(MetadataKind.Exif, Picture.Metadata.Exif, cancellationToken).ConfigureAwait(false);
        await WriteMetadataAsync(MetadataKind.Xmp, Picture.Metadata.Xmp, cancellationToken).ConfigureAwait(false);
        CodedTile[] tiles = new CodedTile[header.TileColumns];
        for (int row = 0; row < header.TileRows; row++)
        {
            await CodeAsync(row, tiles, cancellationToken).ConfigureAwait(false);
            for (int column = 0; column < tiles.Length; column++)
            {
                await _container.WriteTileAsync(column, row, tiles[column].Checksum, tiles[column].Bytes, cancellationToken).ConfigureAwait(false);
                tiles[column] = default;
            }

            int rowsDone = (int)Math.Min((row + 1L) * header.TileSize, header.Height);
            Options.Progress?.Report(new VaeProgress(rowsDone, header.Height, _container.BytesWritten));
        }

        await _container.FinishAsync(Digest(), cancellationToken).ConfigureAwait(false);
        return new VaeEncodeResult(header.Width, header.Height, _container.BytesWritten, header.TileCount) { TileSize = header.TileSize };
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync().ConfigureAwait(false);
        Team?.Dispose();
    }

    /// <summary>Before a row is read; the header would refuse them, too.</summary>
    private static void CheckTiles(PictureDescription picture, int tileSize)
    {
        long columns = ((long)picture.Width + tileSize - 1) / tileSize, rows = ((long)picture.Height + tileSize - 1) / tileSize;
        if (Math.Max(columns, rows) > ContainerHeader.MaxTilesAlong || columns * rows > ContainerHeader.MaxTiles)
        {
            throw new VaeLimitException($"{columns} x {rows} tiles of {tileSize} pixels are more than a file holds, {ContainerHeader.MaxTilesAlong} along a side and {ContainerHeader.MaxTiles} in all. Use larger tiles.");
        }
    }

    /// <summary>Makes the buffers.</summary>
    protected abstract void Prepare();

    /// <summary>Plans an encode.</summary>
    /// <param name="options">How.</param>
    /// <param name="threads">Threads that are wanted.</param>
    /// <param name="held">Bytes of rows that are held already.</param>
    /// <exception cref="VaeLimitException">Memory is not even there for one.</exception>
    protected abstract WorkPlan MakePlan(VaeEncoderOptions options, int threads, long held = 0);

    /// <summary>Whether memory is there for an encode with other options, and for the rows that are held before it.</summary>
    protected abstract bool Fits(VaeEncoderOptions options);

    /// <summary>Codes a row of tiles.</summary>
    /// <param name="row">Which.</param>
    /// <param name="tiles">Out: its tiles.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    protected abstract ValueTask CodeAsync(int row, CodedTile[] tiles, CancellationToken cancellationToken);

    /// <summary>The digest of all samples, if the header announces one.</summary>
    protected virtual ReadOnlyMemory<byte> Digest() => default;

    /// <summary>Takes rows off the source.</summary>
    /// <param name="most">Most rows to take.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Some rows, at least one; valid until the next call.</returns>
    protected async ValueTask<ReadOnlyMemory<byte>> TakeRowsAsync(int most, CancellationToken cancellationToken)
    {
        if (_unread.IsEmpty && _held.TryDequeue(out byte[]? held))
        {
            _unread = held;
        }
        else if (_unread.IsEmpty)
        {
            _unread = await NextAsync(cancellationToken).ConfigureAwait(false);
        }

        ReadOnlyMemory<byte> taken = _unread[..(int)Math.Min((long)most * Picture.RowBytes, _unread.Length)];
        _unread = _unread[taken.Length..];
        return taken;
    }

    /// <summary>Refuses options that are out of their range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is.</exception>
    public static void CheckOptions(VaeEncoderOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Quality, 1, nameof(options.Quality));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Quality, ModelDescription.Qualities, nameof(options.Quality));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Effort, 1, nameof(options.Effort));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Effort, VaeEncoderOptions.HighestEffort, nameof(options.Effort));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.AlphaQuality, 1, nameof(options.AlphaQuality));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.AlphaQuality, 100, nameof(options.AlphaQuality));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxError, nameof(options.MaxError));
        VaeLimits.CheckThreads(options.Threads);
        if (options.TileSize is < 256 or > 4096 || options.TileSize % ModelDescription.SizeMultiple != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options.TileSize), options.TileSize, "A tile's side is a multiple of 64 from 256 to 4096.");
        }
    }

    /// <summary>Takes the next rows off the source, and refuses samples that the picture's depth does not have: no decoder could give them back.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> rows = await _rows.NextAsync(cancellationToken).ConfigureAwait(false);
        int most = Picture.MaxSample;
        for (int i = 1; most is > byte.MaxValue and < ushort.MaxValue && i < rows.Length; i += 2)
        {
            if (rows.Span[i] > most >> 8)
            {
                throw new ArgumentException($"The source gives samples above {most}, the largest of {Picture.BitDepth} bits. State the depth that its samples have.");
            }
        }

        return rows;
    }

    /// <summary>Gives pages larger tiles, where the caller left the size open and tiles may choose: looks at the first rows, which are held until they are taken.</summary>
    private async ValueTask ChooseTileSizeAsync(CancellationToken cancellationToken)
    {
        VaeEncoderOptions larger = Options with { TileSize = PageTiles.Side(Picture.Width) };
        if (Options.HasTileSize || Options.Effort < 2 || larger.TileSize <= Options.TileSize || !Fits(larger))
        {
            return;
        }

        int rowBytes = Picture.RowBytes, wanted = PageTiles.HeldRows(Picture);
        Repetition repetition = new();
        byte[] above = [];
        for (int rows = 0; rows < wanted;)
        {
            // The first row has been read already.
            byte[] block = (rows == 0 ? _unread : await NextAsync(cancellationToken).ConfigureAwait(false)).ToArray();
            _held.Enqueue(block);
            for (int start = 0; start < block.Length; start += rowBytes, rows++)
            {
                if (rows % Repetition.RowStep == 1)
                {
                    repetition.Add(block.AsSpan(start, rowBytes), start > 0 ? block.AsSpan(start - rowBytes, rowBytes) : above, Picture.Layout.BytesPerPixel());
                }
            }

            above = block[^rowBytes..];
        }

        _unread = default;
        if (repetition.IsPage)
        {
            Options = larger;
        }
    }

    private async ValueTask WriteMetadataAsync(MetadataKind kind, byte[]? data, CancellationToken cancellationToken)
    {
        if (data is { Length: > 0 })
        {
            await _container.WriteMetadataAsync(kind, data, cancellationToken).ConfigureAwait(false);
        }
    }
}
