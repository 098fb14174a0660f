using System.IO.Pipelines;
using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Parts;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>One decode at work: rows of tiles are read and decoded, and pixels come out in bands.</summary>
/// <remarks>Buffers for the picture are made once a whole row of tiles has arrived, so a file costs nothing in proportion to what it merely declares.</remarks>
internal abstract class PictureDecoding : IDisposable
{
    private readonly TileReader _tileReader;
    private readonly TileRowReader _reader;
    private readonly Lock _gate = new();
    private TileRowDecoding? _tiles;
    private byte[] _band = [];
    private byte[] _bandBefore = [];
    private int _tileRow;
    private int _nextRow;
    private int _rowsDone;
    private bool _finished;
    private bool _active;
    private bool _failed;
    private bool _disposed;

    /// <summary>Prepares a decode.</summary>
    /// <param name="reader">The tiles.</param>
    /// <param name="part">What is asked for.</param>
    /// <param name="options">How.</param>
    /// <param name="plan">Threads to use; what is left of memory, the coded tiles of a row may take together.</param>
    protected PictureDecoding(TileReader reader, PicturePart part, VaeDecoderOptions options, WorkPlan plan)
    {
        _tileReader = reader;
        Part = part;
        Options = options;
        Plan = plan;
        _reader = new TileRowReader(reader, part, options, plan.Left);
        _nextRow = part.FirstSeenRow;
    }

    /// <summary>What is given.</summary>
    public PictureDescription Output => Part.Output;

    /// <summary>Bytes of the file read so far.</summary>
    public long BytesRead => _tileReader.BytesRead;

    /// <summary>The tiles that were lost so far, in raster order.</summary>
    public IReadOnlyList<VaeLostTile> LostTiles => _reader.Lost;

    /// <summary>What is wrong with the file behind its last tile.</summary>
    public VaeException? TailProblem => _reader.TailProblem;

    /// <summary>Threads that compute.</summary>
    public int Threads => Plan.Threads;

    /// <summary>The pipe that the file comes from, where the decoder made it; completed at the end.</summary>
    public PipeReader? OwnedInput { get; init; }

    /// <summary>Threads to use, and what memory there is room for.</summary>
    protected WorkPlan Plan { get; }

    /// <summary>Ends the work on tiles of samples.</summary>
    protected WorkStop Stop { get; } = new();

    /// <summary>The digest behind the tiles, once it was read.</summary>
    protected ReadOnlyMemory<byte>? Digest => _tileReader.Digest;

    /// <summary>Whether there may be one.</summary>
    protected bool MayHaveDigest => _tileReader.MayHaveDigest;

    /// <summary>What is asked for, and needed for that.</summary>
    protected PicturePart Part { get; }

    /// <summary>The tiles that are needed, as if they were all of a picture.</summary>
    protected VaeImageInfo Info => Part.Tiles;

    /// <summary>How.</summary>
    protected VaeDecoderOptions Options { get; }

    /// <summary>The threads at work; made once a row of tiles is there.</summary>
    protected WorkerTeam? Team { get; private set; }

    /// <summary>Whether a band has been asked for.</summary>
    public bool Begun { get; private set; }

    /// <summary>Decodes the next band.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The band, whose rows stay while the next one is decoded, until that is there; null after the last.</returns>
    public async ValueTask<RowBand?> ReadBandAsync(CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            RowBand? band = await DecodeBandAsync(cancellationToken).ConfigureAwait(false);
            _failed = false;
            return band;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Frees everything; while a band is being decoded, that call does so at its end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            if (!_active)
            {
                Free();
            }
        }
    }

    /// <summary>Makes the decode that a file needs.</summary>
    /// <param name="container">The file, its metadata read.</param>
    /// <param name="info">What it says of itself.</param>
    /// <param name="stream">Where it comes from; null where that is no stream.</param>
    /// <param name="start">Where in the stream it begins.</param>
    /// <param name="ownedInput">The pipe that the decode completes at its end; may be null.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async ValueTask<PictureDecoding> CreateAsync(ContainerReader container, VaeImageInfo info, Stream? stream, long start, PipeReader? ownedInput, VaeDecoderOptions options, CancellationToken cancellationToken)
    {
        options.Limits.CheckPicture(info.Picture.Width, info.Picture.Height);
        VaeModel? model = info.HasNetworks ? options.FindModel(info) : null;
        model?.PrepareForScale(options.Scale);
        PicturePart part = PicturePart.Of(info, options, model);
        TileReader reader = await TileReader.OpenAsync(container, part, stream, start, options.AllowPartial, cancellationToken).ConfigureAwait(false);
        try
        {
            return model is null
                ? new LosslessDecoding(reader, part, options) { OwnedInput = ownedInput }
                : new LatentDecoding(reader, part, model, options) { OwnedInput = ownedInput };
        }
        catch
        {
            // Memory may not suffice. The index of the tiles, where one was read, has buffers of its own, and has moved the stream.
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Makes the buffers, and what decodes rows of tiles.</summary>
    protected abstract TileRowDecoding Prepare();

    /// <summary>Hears of the tiles of a row before they are decoded.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="tiles">Its tiles; null for a lost one.</param>
    protected virtual void BeforeRow(int row, ReadOnlySpan<TileSection?> tiles)
    {
    }

    /// <summary>Makes up the lost tiles of a row.</summary>
    protected abstract void Fill(int row, ReadOnlySpan<bool> lost);

    /// <summary>Takes note that the tiles of a row are decoded.</summary>
    protected abstract void BeginRow(int row);

    /// <summary>Computes rows of pixels from what is there.</summary>
    /// <returns>How many can be read; 0 where another row of tiles is needed.</returns>
    protected abstract int Compute();

    /// <summary>Reads rows of pixels, over the whole width of the tiles, at the size that is given.</summary>
    /// <param name="first">Number of the first of them; each call goes on behind the one before.</param>
    /// <param name="rows">Out: as many as <see cref="Compute"/> said.</param>
    protected abstract void Read(int first, Span<byte> rows);

    /// <summary>Hears that the file was read to its end.</summary>
    protected virtual void Finish()
    {
    }

    /// <summary>Frees the buffers.</summary>
    protected abstract void FreeBuffers();

    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(VaeDecoder));
            if (_active)
            {
                throw new InvalidOperationException("A band is being decoded already; a decoder does one thing at a time.");
            }

            if (_failed)
            {
                throw new InvalidOperationException("The decode has failed; it cannot go on.");
            }

            // Until the call ends well. What comes after a failure would stand in the wrong place.
            _active = _failed = Begun = true;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _active = false;
            if (_disposed)
            {
                Free();
            }
        }
    }

    private void Free()
    {
        foreach (TileSection? tile in _tiles?.Tiles ?? [])
        {
            tile?.Dispose();
        }

        _tileReader.Dispose();
        Team?.Dispose();
        FreeBuffers();

        // Not before a call that still reads from it has ended: its buffers go back to the pool.
        OwnedInput?.Complete();
    }

    private async ValueTask<RowBand?> DecodeBandAsync(CancellationToken cancellationToken)
    {
        while (!_finished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool needsRows = _rowsDone < Output.Height || _tileRow < Info.TileRows;
            if (needsRows && _tiles is not null && Compute() is > 0 and int rows)
            {
                if (TakeBand(rows) is { } band)
                {
                    return band;
                }

                continue;
            }

            if (_tileRow < Info.TileRows)
            {
                await ReadTileRowAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await _reader.FinishAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    Finish();
                }
                catch (VaeException problem) when (Options.AllowPartial)
                {
                    _reader.NoteTailProblem(problem);
                }

                _finished = true;
            }
        }

        return null;
    }

    /// <summary>Reads rows of pixels and cuts out what is asked for; null where they have nothing of it.</summary>
    private RowBand? TakeBand(int rows)
    {
        int bytes = checked(rows * Part.Reduced.RowBytes);
        (_band, _bandBefore) = (_bandBefore, _band);
        if (_band.Length < bytes)
        {
            _band = new byte[bytes];
        }

        Read(_nextRow, _band.AsSpan(0, bytes));
        int given = Part.Crop(_nextRow, _band.AsSpan(0, bytes));
        _nextRow += rows;
        _rowsDone += given;
        if (given == 0)
        {
            // Whoever has the band before may still be reading it.
            (_band, _bandBefore) = (_bandBefore, _band);
            return null;
        }

        return new RowBand(_rowsDone - given, given, _band.AsMemory(0, given * Output.RowBytes));
    }

    private async ValueTask ReadTileRowAsync(CancellationToken cancellationToken)
    {
        TileSection?[] sections = await _reader.ReadAsync(_tileRow, cancellationToken).ConfigureAwait(false);
        try
        {
            Team ??= new WorkerTeam(Threads);
            _tiles ??= Prepare();
            BeforeRow(_tileRow, sections);
        }
        catch
        {
            foreach (TileSection? section in sections)
            {
                section?.Dispose();
            }

            throw;
        }

        sections.CopyTo(_tiles.Tiles!);
        Stop.Token = cancellationToken;
        Team.Run(sections.Length, _tiles);
        if (Options.AllowPartial)
        {
            FillLost(_tiles);
        }

        Array.Clear(_tiles.Tiles);
        BeginRow(_tileRow);
        _tileRow++;
        int rowsDone = (int)Math.Min((long)_tileRow * Info.TileSize, Info.Picture.Height);
        Options.Progress?.Report(new VaeProgress(rowsDone, Info.Picture.Height, BytesRead));
    }

    private void FillLost(TileRowDecoding tiles)
    {
        bool[] lost = new bool[tiles.Tiles.Length];
        for (int column = 0; column < lost.Length; column++)
        {
            lost[column] = tiles.Tiles[column] is null || tiles.Problems[column] is not null;
            if (tiles.Problems[column] is { } problem)
            {
                _reader.Lose(column, _tileRow, problem);
            }
        }

        using TileSection? cut = _tileReader.TakeCutTile();
        int cutColumn = cut is null ? -1 : cut.Column - Part.FirstColumn;
        if (cutColumn >= 0 && cutColumn < lost.Length && cut!.Row == Part.FirstRow + _tileRow && tiles.TryDecodeCut(cut))
        {
            lost[cutColumn] = false;
        }

        Fill(_tileRow, lost);
    }
}
