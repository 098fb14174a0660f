using VaeCodec.Format;
using VaeCodec.Models.Cpu;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Models.Description;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>One decode at work: rows of tiles are read and decoded, their latents feed the synthesis row by row, and pixels come out in bands.</summary>
/// <remarks>Buffers for the picture are made once a whole row of tiles has arrived, so a file costs nothing in proportion to what it merely declares.</remarks>
internal sealed class PictureDecoding : IDisposable
{
    private readonly ContainerReader _container;
    private readonly VaeImageInfo _info;
    private readonly VaeModel _model;
    private readonly VaeDecoderOptions _options;
    private readonly int _threads;
    private readonly TileRowReader _reader;
    private WorkerTeam? _team;
    private SynthesisTransform? _synthesis;
    private TileWorkerPool? _workers;
    private LatentRows? _latents;
    private TileRowDecoding? _tiles;
    private LostTileFilling? _filling;
    private byte[] _band = [];
    private byte[] _bandBefore = [];
    private int _tileRow;
    private int _latentRow;
    private int _latentRows;
    private int _rowsDone;
    private readonly Lock _gate = new();
    private bool _finished;
    private bool _active;
    private bool _failed;
    private bool _disposed;

    public PictureDecoding(ContainerReader container, VaeImageInfo info, VaeModel model, VaeDecoderOptions options)
    {
        _container = container;
        _info = info;
        _model = model;
        _options = options;
        options.Limits.CheckPicture(info.Picture.Width, info.Picture.Height);
        _threads = options.ThreadCount;
        model.PrepareForDecoding();
        long codedBudget = CodecMemory.CheckDecode(model, info.Picture.Width, info.Picture.Height, info.TileSize, _threads, options.Limits);
        _reader = new TileRowReader(container, info, options, codedBudget);
    }

    /// <summary>The tiles that were lost so far, in raster order.</summary>
    public IReadOnlyList<VaeLostTile> LostTiles => _reader.Lost;

    /// <summary>What is wrong with the file behind its last tile.</summary>
    public VaeException? TailProblem => _reader.TailProblem;

    /// <summary>Threads that compute.</summary>
    public int Threads => _threads;

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

        _team?.Dispose();
        _workers?.Dispose();
        _latents?.Dispose();
        _synthesis?.Dispose();
    }

    private async ValueTask<RowBand?> DecodeBandAsync(CancellationToken cancellationToken)
    {
        while (!_finished)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Reading a band makes room for what the synthesis still holds back.
            _synthesis?.Advance();
            if (_synthesis is { RowsReady: > 0 } ready)
            {
                return TakeBand(ready);
            }

            if (_latentRow < _latentRows)
            {
                Feed(_synthesis!, _latents!);
            }
            else if (_tileRow < _info.TileRows)
            {
                await ReadTileRowAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await _reader.FinishAsync(cancellationToken).ConfigureAwait(false);
                _finished = true;
            }
        }

        return null;
    }

    private RowBand TakeBand(SynthesisTransform synthesis)
    {
        int rows = synthesis.RowsReady;
        int bytes = checked(rows * _info.Picture.RowBytes);
        (_band, _bandBefore) = (_bandBefore, _band);
        if (_band.Length < bytes)
        {
            _band = new byte[bytes];
        }

        synthesis.ReadRows(_band.AsSpan(0, bytes));
        _rowsDone += rows;
        return new RowBand(_rowsDone - rows, rows, _band.AsMemory(0, bytes));
    }

    private void Feed(SynthesisTransform synthesis, LatentRows latents)
    {
        ReadOnlySpan<float> inverseGain = _model.Networks.InverseGain(_info.Quality);
        if (synthesis.LatentRowsWanted == 0)
        {
            throw new InvalidOperationException("The synthesis neither takes latents nor gives rows: its line buffers are too short for its network.");
        }

        for (int wanted = synthesis.LatentRowsWanted; wanted > 0 && _latentRow < _latentRows; wanted--)
        {
            synthesis.Push(latents[_latentRow++], inverseGain);
        }
    }

    private async ValueTask ReadTileRowAsync(CancellationToken cancellationToken)
    {
        TileSection?[] sections = await _reader.ReadAsync(_tileRow, cancellationToken).ConfigureAwait(false);
        try
        {
            if (_tiles is null)
            {
                Prepare();
            }
        }
        catch
        {
            foreach (TileSection? section in sections)
            {
                section?.Dispose();
            }

            throw;
        }

        sections.CopyTo(_tiles!.Tiles!);
        for (int column = 0; column < sections.Length; column++)
        {
            _tiles.Areas[column] = TileArea.Of(column, _tileRow, _info.TileSize, _info.Picture.Width, _info.Picture.Height);
        }

        _team!.Run(sections.Length, _tiles);
        if (_options.AllowPartial)
        {
            FillLost(_tiles);
        }

        Array.Clear(_tiles.Tiles);
        _latentRow = 0;
        _latentRows = _tiles.Areas[0].Height;
        _tileRow++;
        int rowsDone = (int)Math.Min((long)_tileRow * _info.TileSize, _info.Picture.Height);
        _options.Progress?.Report(new VaeProgress(rowsDone, _info.Picture.Height, _container.BytesRead));
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

        _filling ??= new LostTileFilling(_latents!, _model.Networks.Description.LatentChannels);
        _filling.Fill(tiles.Areas, lost);
    }

    private void Prepare()
    {
        PictureDescription picture = _info.Picture;
        TileArea largest = TileArea.Of(0, 0, _info.TileSize, picture.Width, picture.Height);
        int latentWidth = ModelDescription.PadSide(picture.Width) / ModelDescription.LatentStride;
        _team ??= new WorkerTeam(_threads);
        _workers = new TileWorkerPool(_model, largest);
        _latents = new LatentRows(largest.Height, latentWidth, _model.Networks.Description.LatentChannels);
        _synthesis = new SynthesisTransform(_model.Cpu, _team);
        _synthesis.Begin(picture.Width, picture.Height, picture.Layout.Channels());
        _tiles = new TileRowDecoding(_workers, _latents, _info.Quality, _info.TileColumns, _options.AllowPartial);
    }
}
