using VaeCodec.Format;
using VaeCodec.Lossless;
using VaeCodec.Models.Cpu.Execution;
using VaeCodec.Tiles;

namespace VaeCodec;

/// <summary>The check of one file at work: a few tiles are read, checked on all threads, and the next are read.</summary>
internal sealed class FileVerification(ContainerReader container, VaeDecoderOptions options) : IDisposable
{
    private readonly WorkStop _stop = new();
    private readonly List<VaeException> _problems = [];
    private WorkerTeam? _team;
    private readonly List<IDisposable> _workers = [];
    private TileVerification? _symbols;
    private readonly PictureDigest _digest = new();
    private Lazy<LosslessRows>? _rows;
    private int _digestedRows;
    private VaeImageInfo? _info;
    private long _codedBudget = long.MaxValue;
    private int _batch = 1;
    private int _intact;

    public async Task<VaeVerification> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            _info = await VaeImageInfo.ReadAsync(container, cancellationToken).ConfigureAwait(false);
            options.Limits.CheckPicture(_info.Picture.Width, _info.Picture.Height);
        }
        catch (VaeException exception)
        {
            _problems.Add(exception);
            return Result();
        }

        _stop.Token = cancellationToken;
        Prepare(_info);
        while (await CheckBatchAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        CheckDigest();
        return Result();
    }

    public void Dispose()
    {
        _symbols?.Tiles.ForEach(tile => tile.Dispose());
        _team?.Dispose();
        _digest.Dispose();
        _workers.ForEach(workers => workers.Dispose());
    }

    private void Prepare(VaeImageInfo info)
    {
        try
        {
            int threads = Math.Min(options.ThreadCount, info.TileCount);
            VaeModel? model = info.HasNetworks ? options.FindModel(info) : null;
            WorkPlan plan = model is null ? CodecMemory.PlanLossless(info.Picture, info.TileSize, threads, options.Limits) : CodecMemory.PlanVerify(model, info, threads, options.Limits);
            TileVerification symbols = model is null ? CheckSamples(info, plan) : CheckLatents(info, model, plan);
            _team = new WorkerTeam(plan.Threads);
            _codedBudget = plan.Left;
            _symbols = symbols;
            _batch = plan.Threads;
        }
        catch (VaeException exception)
        {
            _problems.Add(exception);
        }
    }

    /// <summary>The check of tiles whose symbols are latents: they are decoded, and no pixels are made of them.</summary>
    private TileVerification CheckLatents(VaeImageInfo info, VaeModel model, WorkPlan plan)
    {
        model.PrepareForSymbols();
        TileArea Area(int column, int row) => TileArea.Of(column, row, info.TileSize, info.Picture.Width, info.Picture.Height);
        Action<TilePart> latents = With(new TileWorkerPool(model, Area(0, 0)), (worker, tile) => worker.DecodeSymbols(tile, Area(tile.Column, tile.Row), info.Quality, info.MixedTiles));
        Action<TilePart>? samples = !info.MixedTiles ? null
            : plan.HasRoomForSamples ? VerifySamples(new SampleCoding(info.Picture.WithoutAlpha(), info.TileSize, true), plan)
            : _ => CodecMemory.CheckVerifySamples(model, info, options.Limits);
        Action<TilePart> colour = tile => (samples is not null && tile.IsSamples ? samples : latents)(tile);
        if (!info.Picture.Layout.HasAlpha())
        {
            return new TileVerification(tile => colour(TilePart.Whole(tile)));
        }

        Action<TilePart> alpha = VerifySamples(SampleCoding.Alpha(info.Picture, info.TileSize, info.MaxAlphaError), plan);
        return new TileVerification(tile =>
        {
            (TilePart alphaPart, TilePart colourPart) = TilePart.Whole(tile).Split();
            alpha(alphaPart);
            colour(colourPart);
        });
    }

    /// <summary>
    /// The check of tiles of a file without networks: they are decoded, a row of tiles at a time, so that the digest of all samples can be held against the file's. Room for the row
    /// is made when tiles have come: a header alone must cost nothing.
    /// </summary>
    private TileVerification CheckSamples(VaeImageInfo info, WorkPlan plan)
    {
        _rows = new Lazy<LosslessRows>(() =>
        {
            LosslessRows rows = new(SampleCoding.All(info) with { Stop = _stop }, plan.SampleWorkers);
            _workers.Add(rows);
            return rows;
        });
        return new TileVerification(tile => _rows.Value.Decode(TilePart.Whole(tile)));
    }

    private Action<TilePart> VerifySamples(SampleCoding samples, WorkPlan plan) => With(new LosslessWorkerPool(samples with { Stop = _stop }, plan.SampleWorkers), (worker, tile) => worker.Verify(tile));

    /// <summary>A check of a tile with a rented worker; the workers are disposed with the verification.</summary>
    private Action<TilePart> With<TWorker>(RentalPool<TWorker> workers, Action<TWorker, TilePart> check)
        where TWorker : class, IDisposable
    {
        _workers.Add(workers);
        return tile => workers.Use(worker => check(worker, tile));
    }

    /// <summary>Reads some tiles and checks them.</summary>
    /// <returns>Whether there may be more.</returns>
    private async ValueTask<bool> CheckBatchAsync(CancellationToken cancellationToken)
    {
        bool more = true;
        long coded = 0;
        List<(int Tile, VaeException Problem)> found = [];
        int batch = _rows is null ? _batch : _info!.TileColumns - (container.TilesRead % _info.TileColumns);
        for (int read = 0; more && read < batch && (_rows is not null || read == 0 || coded + container.MaxTileBytes <= _codedBudget); read++)
        {
            try
            {
                // Where rows of tiles are kept, one has the room that a decoder has for it. Otherwise one tile is read whatever there is room for, if it does not exceed the limit by itself, and others while the largest would fit.
                TileSection? tile = await container.ReadTileAsync(_rows is null ? options.Limits.MaxMemoryBytes : Math.Max(_codedBudget - coded, 0), cancellationToken).ConfigureAwait(false);
                if (tile is null)
                {
                    more = false;
                }
                else if (_symbols is null)
                {
                    tile.Dispose();
                    _intact++;
                }
                else
                {
                    coded += tile.CodedBytes.Length;
                    _symbols.Tiles.Add(tile);
                    _symbols.Problems.Add(null);
                }
            }
            catch (VaeException exception)
            {
                // A damaged tile has been counted as read.
                more = container.CanContinue;
                found.Add((container.TilesRead - (more ? 1 : 0), exception));
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        CheckSymbols(found);
        if (_rows is not null && container.TilesRead == (_digestedRows + 1) * _info!.TileColumns)
        {
            int row = _digestedRows++;

            // Where no tile of a row was sound the digest is not asked for.
            if (container.MayHaveDigest && _rows.IsValueCreated)
            {
                _digest.Append(_rows.Value.Samples(row).Span);
            }
        }

        foreach ((_, VaeException problem) in found.OrderBy(entry => entry.Tile))
        {
            Add(problem);
        }

        return more;
    }

    /// <summary>Holds the samples against their digest, unless something of them is known to be wrong.</summary>
    private void CheckDigest()
    {
        if (_rows is null || _problems.Count > 0)
        {
            return;
        }

        try
        {
            _digest.Verify(container.Digest);
        }
        catch (VaeFormatException exception)
        {
            _problems.Add(exception);
        }
    }

    private void CheckSymbols(List<(int Tile, VaeException Problem)> found)
    {
        if (_symbols is not { Tiles.Count: > 0 } symbols)
        {
            return;
        }

        int[] numbers = [.. symbols.Tiles.Select(tile => (tile.Row * _info!.TileColumns) + tile.Column)];
        _team!.Run(numbers.Length, symbols);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (symbols.Problems[i] is { } problem)
            {
                found.Add((numbers[i], problem));
            }
            else
            {
                _intact++;
            }
        }

        symbols.Tiles.Clear();
        symbols.Problems.Clear();
    }

    private void Add(VaeException problem)
    {
        // Memory must not grow with what an attacker damages.
        if (_problems.Count < VaeVerification.MaxProblems)
        {
            _problems.Add(problem);
        }
    }

    private VaeVerification Result() => new()
    {
        Info = _info,
        FileBytes = container.BytesRead,
        IntactTiles = _intact,
        TileCount = _info?.TileCount ?? 0,
        SymbolsDecoded = _symbols is not null,
        Problems = _problems,
    };
}
