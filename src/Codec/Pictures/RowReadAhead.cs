using System.Buffers;

namespace VaeCodec;

/// <summary>Gives a picture's rows in blocks; while one is worked on, the next is read.</summary>
/// <remarks>One caller at a time. What has been read belongs to the caller until it asks for more.</remarks>
/// <param name="source">The picture. It is asked for one block at a time, but from a thread of the pool.</param>
/// <param name="blockRows">Rows of a block.</param>
/// <param name="ahead">Whether to read ahead; otherwise a block is read when it is asked for, on the caller's thread.</param>
internal sealed class RowReadAhead(IRowSource source, int blockRows, bool ahead) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private byte[] _block = [];
    private byte[] _next = [];
    private Task<int>? _reading;
    private int _rowsRead;

    /// <summary>Gives the next rows.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>One row at first, then whole blocks, what is left at the end, then nothing.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken)
    {
        int rows;
        if (_reading is null)
        {
            rows = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            rows = await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
            _reading = null;
        }

        (_block, _next) = (_next, _block);
        if (ahead && _rowsRead < source.Picture.Height)
        {
            _reading = Task.Run(() => ReadAsync(_stop.Token).AsTask(), CancellationToken.None);
        }

        return _block.AsMemory(0, rows * source.Picture.RowBytes);
    }

    /// <summary>Ends the reading: the source is not in use any more when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_reading is not null)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
        ArrayPool<byte>.Shared.Return(_block);
        ArrayPool<byte>.Shared.Return(_next);
        (_block, _next) = ([], []);
    }

    private async ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        // The first row alone: a source that merely declares a size fails at the cost of one row.
        int rows = _rowsRead == 0 ? 1 : Math.Min(blockRows, source.Picture.Height - _rowsRead);
        int bytes = checked(rows * source.Picture.RowBytes);
        if (_next.Length < bytes)
        {
            ArrayPool<byte>.Shared.Return(_next);
            _next = [];
            _next = ArrayPool<byte>.Shared.Rent(bytes);
        }

        if (rows > 0)
        {
            await source.ReadRowsAsync(_next.AsMemory(0, bytes), rows, cancellationToken).ConfigureAwait(false);
        }

        _rowsRead += rows;
        return rows;
    }
}
