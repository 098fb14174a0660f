using System.IO.Pipelines;

namespace VaeCodec;

/// <summary>Turns pictures into .vae files.</summary>
public static class VaeEncoder
{
    /// <summary>Encodes a picture. Reads its rows once, from top to bottom, and never seeks in the output. With more than one thread some rows are read ahead while others are encoded.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="output">Where the file goes. Flushed but not completed.</param>
    /// <param name="options">How; null is the default.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="VaeException">The source is damaged or a limit would be exceeded.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static async Task<VaeEncodeResult> EncodeAsync(IRowSource source, PipeWriter output, VaeEncoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        PictureEncoding encoding = PictureEncoding.Create(source, output, options ?? new VaeEncoderOptions());
        await using (encoding.ConfigureAwait(false))
        {
            return await encoding.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Encodes a picture to a stream, which is flushed and left open.</summary>
    /// <inheritdoc cref="EncodeAsync(IRowSource, PipeWriter, VaeEncoderOptions?, CancellationToken)"/>
    public static async Task<VaeEncodeResult> EncodeAsync(IRowSource source, Stream output, VaeEncoderOptions? options = null, CancellationToken cancellationToken = default)
    {
        PipeWriter writer = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        try
        {
            VaeEncodeResult result = await EncodeAsync(source, writer, options, cancellationToken).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception exception)
        {
            // Completed with the exception, the writer drops what it still buffers instead of flushing half a file.
            await writer.CompleteAsync(exception).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Encodes a picture in memory.</summary>
    /// <param name="picture">Size, layout and metadata.</param>
    /// <param name="pixels">Row after row, <see cref="PictureDescription.RowBytes"/> bytes each.</param>
    /// <param name="options">How; null is the default.</param>
    /// <returns>The file.</returns>
    /// <exception cref="VaeException">A limit would be exceeded.</exception>
    /// <exception cref="ArgumentException">There are not as many pixels as the description says.</exception>
    public static byte[] Encode(PictureDescription picture, ReadOnlyMemory<byte> pixels, VaeEncoderOptions? options = null)
    {
        using MemoryStream file = new();
        EncodeAsync(new MemoryRowSource(picture, pixels), file, options).GetAwaiter().GetResult();
        return file.ToArray();
    }
}
