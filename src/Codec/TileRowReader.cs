using VaeCodec.Format;
using VaeCodec.Parts;

namespace VaeCodec;

/// <summary>Reads the sections of one row of tiles at a time; where parts are allowed, around damage.</summary>
/// <param name="reader">The tiles.</param>
/// <param name="part">Which are needed.</param>
/// <param name="options">Whether parts are allowed, and limits.</param>
/// <param name="codedBudget">Bytes that the coded tiles of a row may take together.</param>
internal sealed class TileRowReader(TileReader reader, PicturePart part, VaeDecoderOptions options, long codedBudget)
{
    private readonly List<VaeLostTile> _lost = [];
    private VaeException? _end;

    /// <summary>The tiles that were lost so far, in raster order.</summary>
    public IReadOnlyList<VaeLostTile> Lost
    {
        get
        {
            // Asked for by whoever takes the rows, perhaps while the next are decoded.
            lock (_lost)
            {
                // What is found on reading is noted before what is found on decoding.
                return [.. _lost.OrderBy(tile => tile.Row).ThenBy(tile => tile.Column)];
            }
        }
    }

    /// <summary>What is wrong with the file behind its last tile; null where nothing is, or nothing was read there.</summary>
    public VaeException? TailProblem { get; private set; }

    /// <summary>Reads a row.</summary>
    /// <param name="row">Which of those that are needed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Its tiles, which the caller disposes; null stands for a lost one.</returns>
    /// <exception cref="VaeException">A limit, or damage, where parts are not allowed or nothing is intact before it.</exception>
    public async ValueTask<TileSection?[]> ReadAsync(int row, CancellationToken cancellationToken)
    {
        List<TileSection?> sections = [];
        long coded = 0;
        try
        {
            while (sections.Count < part.Tiles.TileColumns)
            {
                TileSection? section = await ReadTileAsync(sections.Count, row, codedBudget - coded, cancellationToken).ConfigureAwait(false);
                sections.Add(section);
                coded += section?.CodedBytes.Length ?? 0;
            }

            return [.. sections];
        }
        catch
        {
            sections.ForEach(section => section?.Dispose());
            throw;
        }
    }

    /// <summary>Notes a lost tile; from outside, one whose symbols were found damaged.</summary>
    public void Lose(int column, int row, VaeException problem)
    {
        lock (_lost)
        {
            _lost.Add(new VaeLostTile(part.FirstColumn + column, part.FirstRow + row, problem));
        }
    }

    /// <summary>Notes what is wrong behind the last tile; from outside, a digest that is not that of the tiles.</summary>
    public void NoteTailProblem(VaeException problem) => TailProblem = problem;

    /// <summary>Reads what follows the last tile, unless not all are needed.</summary>
    /// <exception cref="VaeException">It is damaged and parts are not allowed, or no tile of the file was intact.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (_lost.Count == part.Tiles.TileCount)
        {
            throw NothingIntact(_lost[0].Problem);
        }

        if (_end is not null || !part.IsWhole)
        {
            return;
        }

        try
        {
            await reader.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (VaeException problem) when (options.AllowPartial)
        {
            NoteTailProblem(problem);
        }
    }

    /// <summary>Why a damaged file gives nothing although parts are allowed: whoever asked for them would think that the wish went unheard.</summary>
    private static VaeException NothingIntact(VaeException problem) => problem is VaeFormatException
        ? new VaeFormatException(problem.Error, $"{problem.Message} No tile that was read is intact, so there is no part of the picture to give.", problem)
        : problem;

    private async ValueTask<TileSection?> ReadTileAsync(int column, int row, long mostCodedBytes, CancellationToken cancellationToken)
    {
        if (_end is null)
        {
            // Before any tile is intact the damage is thrown: nothing but filling would not be a part of the picture that was coded.
            bool anyIntact = (row * part.Tiles.TileColumns) + column > _lost.Count;
            try
            {
                return await reader.ReadAsync(part.FirstColumn + column, part.FirstRow + row, mostCodedBytes, cancellationToken).ConfigureAwait(false);
            }
            catch (VaeException problem) when (problem is not VaeLimitException && options.AllowPartial && (reader.CanContinue || anyIntact))
            {
                Lose(column, row, problem);
                _end = reader.CanContinue ? null : problem;
                return null;
            }
            catch (VaeFormatException problem) when (options.AllowPartial)
            {
                throw NothingIntact(problem);
            }
        }

        Lose(column, row, _end);
        return null;
    }
}
