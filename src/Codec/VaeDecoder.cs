using System.IO.Pipelines;
using VaeCodec.Format;

namespace VaeCodec;

/// <summary>Turns .vae files into pictures, band by band.</summary>
/// <remarks>Computes on the calling thread and its own; does one thing at a time. A decoder that is not disposed keeps its threads.</remarks>
public sealed class VaeDecoder : IAsyncDisposable
{
    private readonly PictureDecoding _decoding;

    private VaeDecoder(VaeImageInfo info, PictureDecoding decoding)
    {
        _decoding = decoding;
        Info = info;
    }

    /// <summary>What the file says of itself.</summary>
    public VaeImageInfo Info { get; }

    /// <summary>What the decoder gives: the picture, or what <see cref="VaeDecoderOptions.Region"/> and <see cref="VaeDecoderOptions.Scale"/> make of it.</summary>
    public PictureDescription Picture => _decoding.Output;

    /// <summary>ICC, EXIF and XMP of the picture.</summary>
    public PictureMetadata Metadata => Info.Picture.Metadata;

    /// <summary>With <see cref="VaeDecoderOptions.AllowPartial"/>: the tiles that were lost among those read so far, by rows.</summary>
    public IReadOnlyList<VaeLostTile> LostTiles => _decoding.LostTiles;

    /// <summary>With <see cref="VaeDecoderOptions.AllowPartial"/>, after the last band: what is wrong with the file behind its last tile, be it that a digest there is not that of the tiles. Null where nothing is, or where tiles are missing up to the end.</summary>
    public VaeException? TailProblem => _decoding.TailProblem;

    /// <summary>Bytes of the file read so far.</summary>
    public long FileBytes => _decoding.BytesRead;

    /// <summary>Reads header and metadata and finds the model.</summary>
    /// <remarks>The file begins where the input stands and ends where the input does: after the last row the decoder waits for its end, as nothing may follow a file. Who keeps a connection open gives the file alone. The input is the decoder's until that is disposed: one decoder at a time.</remarks>
    /// <param name="input">The file; read in order, not completed by the decoder.</param>
    /// <param name="options">How; null is the default.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="VaeException">Damaged, unsupported, over a limit, or without its model; or the region that is asked for does not lie within the picture.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads or the scale is out of its range.</exception>
    public static ValueTask<VaeDecoder> OpenAsync(PipeReader input, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
        => OpenAsync(input, null, null, options, cancellationToken);

    /// <summary>Reads header and metadata from a stream, which is left open, and finds the model. A stream that can seek is moved about; put it back to the file's start for another decoder.</summary>
    /// <inheritdoc cref="OpenAsync(PipeReader, VaeDecoderOptions?, CancellationToken)"/>
    public static async ValueTask<VaeDecoder> OpenAsync(Stream input, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        PipeReader reader = PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            return await OpenAsync(reader, reader, input, options, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await reader.CompleteAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Decodes a file in memory.</summary>
    /// <param name="file">All its bytes.</param>
    /// <param name="options">How; null is the default.</param>
    /// <exception cref="VaeException">The file is damaged, unsupported, over a limit, or without its model.</exception>
    public static DecodedPicture Decode(ReadOnlyMemory<byte> file, VaeDecoderOptions? options = null)
    {
        PipeReader reader = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(file));
        return DecodeAsync(reader, options, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Decodes a picture, or what the options ask for of it, into memory.</summary>
    /// <param name="input">The file; read in order, not completed by the decoder.</param>
    /// <param name="options">How; null is the default.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeException">The file is damaged, unsupported, over a limit, or without its model.</exception>
    public static async Task<DecodedPicture> DecodeAsync(PipeReader input, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
        => await DecodeAsync(await OpenAsync(input, options, cancellationToken).ConfigureAwait(false), options, cancellationToken).ConfigureAwait(false);

    /// <summary>Decodes a picture, or what the options ask for of it, from where a stream stands into memory; the stream is left open. Of a file with an index in a stream that can seek, a part of the picture takes only the tiles that it needs.</summary>
    /// <inheritdoc cref="DecodeAsync(PipeReader, VaeDecoderOptions?, CancellationToken)"/>
    public static async Task<DecodedPicture> DecodeAsync(Stream input, VaeDecoderOptions? options = null, CancellationToken cancellationToken = default)
        => await DecodeAsync(await OpenAsync(input, options, cancellationToken).ConfigureAwait(false), options, cancellationToken).ConfigureAwait(false);

    /// <summary>Decodes the next band of rows. A decoder whose call was cancelled or failed cannot go on.</summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The band, or null after the last one, once index and trailer have been verified too, if all tiles of the file were needed.</returns>
    /// <exception cref="VaeException">The file is damaged. What the bands before held is right; the decoder cannot go on.</exception>
    /// <exception cref="InvalidOperationException">A call before failed or was cancelled, or is still running.</exception>
    /// <exception cref="ObjectDisposedException">The decoder was disposed.</exception>
    public ValueTask<RowBand?> ReadBandAsync(CancellationToken cancellationToken = default) => _decoding.ReadBandAsync(cancellationToken);

    /// <summary>Decodes all that was asked for into a sink: begin, rows, end. With more than one thread the next rows are decoded while the sink takes some.</summary>
    /// <param name="sink">Where the rows go. It is begun only once the first rows are there, and ended only once all of the file that is needed was found sound.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="VaeException">The file is damaged.</exception>
    /// <exception cref="InvalidOperationException">A band has been read already.</exception>
    public async Task CopyToAsync(IRowSink sink, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (_decoding.Begun)
        {
            throw new InvalidOperationException("Bands have been read already; a sink takes a picture from its first row.");
        }

        await BandCopy.RunAsync(_decoding, Picture, sink, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Frees the decoder's memory and threads; a call that is still running does so at its end. A pipe reader stays with the caller.</summary>
    public ValueTask DisposeAsync()
    {
        _decoding.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<VaeDecoder> OpenAsync(PipeReader input, PipeReader? ownedReader, Stream? stream, VaeDecoderOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new VaeDecoderOptions();
        options.Check();
        long start = stream is { CanSeek: true } ? stream.Position : 0;
        ContainerReader container = new(input, options.Limits.ForContainer()) { KeepsCutTile = options.AllowPartial };
        VaeImageInfo info = await VaeImageInfo.ReadAsync(container, cancellationToken).ConfigureAwait(false);
        return new VaeDecoder(info, await PictureDecoding.CreateAsync(container, info, stream, start, ownedReader, options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Decodes into memory and disposes the decoder.</summary>
    private static async Task<DecodedPicture> DecodeAsync(VaeDecoder decoder, VaeDecoderOptions? options, CancellationToken cancellationToken)
    {
        await using (decoder.ConfigureAwait(false))
        {
            MemoryRowSink sink = new((options ?? new VaeDecoderOptions()).Limits);
            await decoder.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
            return new DecodedPicture(sink.Picture, sink.Pixels);
        }
    }
}
