namespace VaeCodec;

/// <summary>Carries bands from a decode to a sink. While the sink takes one, the next is decoded, unless the decode is to use one thread only.</summary>
internal static class BandCopy
{
    /// <summary>Carries all bands: begin, rows, end.</summary>
    /// <param name="decoding">Where they come from.</param>
    /// <param name="picture">What the sink is told of the picture.</param>
    /// <param name="sink">Where they go. Begun once the first rows are there, ended only once the whole file was found sound.</param>
    /// <param name="cancellationToken">Cancels both.</param>
    public static async Task RunAsync(PictureDecoding decoding, PictureDescription picture, IRowSink sink, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        RowBand? current = await decoding.ReadBandAsync(cancellationToken).ConfigureAwait(false);
        if (current is not null)
        {
            await sink.BeginAsync(picture, cancellationToken).ConfigureAwait(false);
        }

        while (current is { } band)
        {
            Task<RowBand?>? next = decoding.Threads > 1 ? Task.Run(() => decoding.ReadBandAsync(stop.Token).AsTask(), CancellationToken.None) : null;
            try
            {
                await sink.WriteRowsAsync(band.Rows, band.RowCount, cancellationToken).ConfigureAwait(false);
            }
            catch when (next is not null)
            {
                // The caller may free what the decode still uses as soon as this has thrown.
                await stop.CancelAsync().ConfigureAwait(false);
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            try
            {
                current = await (next ?? decoding.ReadBandAsync(cancellationToken).AsTask()).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
            {
                // The token that a caller looks for is its own.
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            }
        }

        await sink.EndAsync(cancellationToken).ConfigureAwait(false);
    }
}
