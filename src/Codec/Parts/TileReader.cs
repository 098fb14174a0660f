using VaeCodec.Format;

namespace VaeCodec.Parts;

/// <summary>Reads the tiles of a file that are asked for: one after the other, or by its index where there is one and not all are needed.</summary>
internal sealed class TileReader : IDisposable
{
    private readonly ContainerReader _container;
    private readonly TileIndex? _index;

    private TileReader(ContainerReader container, TileIndex? index)
    {
        _container = container;
        _index = index;
    }

    /// <summary>Bytes read so far, of what is read in order and of what is not.</summary>
    public long BytesRead => _container.BytesRead + (_index?.BytesRead ?? 0);

    /// <summary>The digest behind the tiles, once it was read.</summary>
    public ReadOnlyMemory<byte>? Digest => _container.Digest;

    /// <summary>Whether there may be one.</summary>
    public bool MayHaveDigest => _container.MayHaveDigest;

    /// <summary>After an exception, whether it makes sense to ask for another tile.</summary>
    public bool CanContinue => _index is not null || _container.CanContinue;

    /// <summary>Looks for the index where it is of use.</summary>
    /// <param name="container">The file, its metadata read.</param>
    /// <param name="part">What is needed of it.</param>
    /// <param name="stream">Where it comes from; null where that is no stream.</param>
    /// <param name="start">Where in the stream it begins.</param>
    /// <param name="allowPartial">Whether a damaged index is done without.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">The index is damaged.</exception>
    public static async ValueTask<TileReader> OpenAsync(ContainerReader container, PicturePart part, Stream? stream, long start, bool allowPartial, CancellationToken cancellationToken)
    {
        if (part.IsWhole || stream is not { CanSeek: true })
        {
            return new TileReader(container, null);
        }

        long inOrder = stream.Position;
        TileIndex? index = null;
        try
        {
            index = await TileIndex.ReadAsync(stream, start, container.Header, container.FirstTileOffset, cancellationToken).ConfigureAwait(false);
        }
        catch (VaeException) when (allowPartial)
        {
            // The tiles are there all the same.
        }

        if (index is null)
        {
            // The reader that goes through the file in order goes on from here.
            stream.Position = inOrder;
        }

        return new TileReader(container, index);
    }

    /// <summary>Reads a tile. Tiles are asked for in raster order.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="mostCodedBytes">The most coded bytes that there is room for.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The tile, which the caller disposes.</returns>
    /// <exception cref="VaeException">It is damaged or too large, or the file cannot be read up to it.</exception>
    public async ValueTask<TileSection> ReadAsync(int column, int row, long mostCodedBytes, CancellationToken cancellationToken)
    {
        if (_index is not null)
        {
            return await _index.ReadTileAsync(column, row, mostCodedBytes, cancellationToken).ConfigureAwait(false);
        }

        int wanted = checked((row * _container.Header.TileColumns) + column);
        while (_container.TilesRead < wanted)
        {
            await _container.SkipTileAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _container.ReadTileAsync(mostCodedBytes, cancellationToken).ConfigureAwait(false)
            ?? throw new VaeFormatException(VaeError.InvalidOrder, $"Tile {column},{row} is missing.");
    }

    /// <summary>Takes what was received of the tile in which the file ended.</summary>
    public TileSection? TakeCutTile() => _container.TakeCutTile();

    /// <summary>Gives buffers back.</summary>
    public void Dispose()
    {
        _container.TakeCutTile()?.Dispose();
        _index?.Dispose();
    }

    /// <summary>Reads what follows the last tile of the file, all of whose tiles were asked for.</summary>
    /// <exception cref="VaeException">It is damaged.</exception>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        // Null is the word that index, end and end of input were verified.
        (await _container.ReadTileAsync(cancellationToken).ConfigureAwait(false))?.Dispose();
    }
}
