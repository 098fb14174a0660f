using System.IO.Pipelines;

namespace VaeCodec;

/// <summary>Turns .vae files into pictures, band by band.</summary>
public sealed class VaeDecoder : IAsyncDisposable
{
    private VaeDecoder() => throw new NotSupportedException();

    /// <summary>What the file says of itself.</summary>
    public VaeImageInfo Info => throw new NotSupportedException();

    /// <summary>Bytes of the file read so far.</summary>
    public long FileBytes => throw new NotSupportedException();

    /// <summary>Reads header and metadata and finds the model.</summary>
    /// <param name="input">The file; read in order, not completed by the decoder.</param>
    /// <param name="options">How; null is the default.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">Damaged, unsupported, over a limit, or without its model.</exception>
    public static ValueTask<VaeDecoder> OpenAsync(PipeReader input, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    /// <summary>Decodes the next band of rows.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The band, or null after the last one, once index and trailer have been verified too.</returns>
    /// <exception cref="VaeException">The file is damaged; bands given before stay valid.</exception>
    public ValueTask<RowBand?> ReadBandAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Decodes everything that is left into a sink: begin, rows, end.</summary>
    /// <param name="sink">Where the rows go.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeException">The file is damaged.</exception>
    public Task CopyToAsync(IRowSink sink, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Frees the decoder's memory. The reader stays with the caller.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
